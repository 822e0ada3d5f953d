import { expect, test } from '@jest/globals';
import { checkDigit, projectCodeFault } from './project-code.js';

test('T3 the check digit of ISO 7064 MOD 11,10, by the example of the standard and a known one', () => {
  // ISO 7064 section 8: 0794 is completed to 07945. German tax numbers take the same: 86095742719.
  expect([checkDigit('0794'), checkDigit('8609574271')]).toEqual([5, 9]);
});

// By hand for 2611210521040112345: the digit that makes the row end in 1 is 0 to 9, and one only.
const rows = Array.from({ length: 10 }, (_, digit) => `2611-210521-04-01-12345${digit}`);

test('T3 of ten codes that differ in the last digit one is right', () => {
  const right = rows.filter((code) => projectCodeFault(code) === null);
  expect(right).toHaveLength(1);
  expect(rows.map((code) => projectCodeFault(code, 'form'))).toEqual(rows.map(() => null));
  // One wrong digit anywhere is seen.
  const [code = ''] = right;
  const others = [...code].flatMap((sign, index) =>
    /\d/.test(sign) && index > 4
      ? [`${code.slice(0, index)}${(Number(sign) + 1) % 10}${code.slice(index + 1)}`]
      : [],
  );
  expect(others.map((other) => projectCodeFault(other))).toEqual(others.map(() => 'check-digit'));
});

test.each([
  'x',
  '',
  '2613-210521-04-01-123456',
  '2600-210521-04-01-123456',
  '2611-21052-04-01-123456',
  '26112105210401123456',
  '2611-210521-04-01-12345X',
  '2611-210521-04-01-1234567',
  '2019-210521-47-03-012345-000',
  '２６１１-210521-04-01-123456',
])('T3 %j has not the form of a project code', (code) => {
  expect(projectCodeFault(code)).toBe('form');
});
