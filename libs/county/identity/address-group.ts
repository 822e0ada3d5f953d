import { isIPv4, isIPv6 } from 'node:net';

/**
 * The part of an address that one subscriber has: a whole IPv4 address, the first 64 bits of an IPv6 address (RFC 6177).
 * The holder of a /64 could otherwise try from 2^64 addresses.
 */
export function addressGroup(address: string): string {
  const bare = address.replace(/%.*$/, '');
  if (!isIPv6(bare)) return bare;
  const mapped = /^::ffff:([\d.]+)$/i.exec(bare)?.[1];
  if (mapped !== undefined && isIPv4(mapped)) return mapped;
  const [head = '', tail] = bare.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const written = [...first, ...last].reduce((sum, part) => sum + (part.includes('.') ? 2 : 1), 0);
  const groups = tail === undefined ? first : [...first, ...Array<string>(8 - written).fill('0'), ...last];
  const network = groups.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${network.join(':')}::/64`;
}
