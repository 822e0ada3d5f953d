import { expect, test } from '@jest/globals';
import { addressGroup } from './address-group.js';

test('D13 an IPv4 address counts by itself, an IPv6 address by its /64', () => {
  expect(
    [
      '203.0.113.7',
      '::ffff:203.0.113.7',
      '2001:db8:1:2:3:4:5:6',
      '2001:0DB8:0001:0002::1',
      '2001:db8:1:2:ffff:ffff:ffff:ffff',
      '2001:db8::1',
      '::1',
      '::',
      'fe80::1%eth0',
      '64:ff9b::203.0.113.7',
      '1::2:3:4:5:6:7',
    ].map(addressGroup),
  ).toEqual([
    '203.0.113.7',
    '203.0.113.7',
    '2001:db8:1:2::/64',
    '2001:db8:1:2::/64',
    '2001:db8:1:2::/64',
    '2001:db8:0:0::/64',
    '0:0:0:0::/64',
    '0:0:0:0::/64',
    'fe80:0:0:0::/64',
    '64:ff9b:0:0::/64',
    '1:0:2:3::/64',
  ]);
});
