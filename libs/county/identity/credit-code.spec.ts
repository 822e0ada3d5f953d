import { expect, test } from '@jest/globals';
import { creditCodeFault } from './credit-code.js';

/** Codes that their holders publish. */
const KNOWN = [
  '9144030071526726XG',
  '91310000775785552L',
  '91110000802100433B',
  '914403001922038216',
  '91110108551385082Q',
  '91330100799655058B',
];

/** Table of GB 32100-2015: the value of each character, and the weight of each of the seventeen places. */
const VALUES = new Map(
  Array.from('0123456789ABCDEFGHJKLMNPQRTUWXY', (character, value) => [character, value]),
);
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The sum of the standard with the check character counted in, which must be a multiple of 31. */
const sumOf = (code: string): number =>
  Array.from(code, (character, place) => (VALUES.get(character) ?? NaN) * (WEIGHTS[place] ?? 1)).reduce(
    (sum, one) => sum + one,
  );

test.each(KNOWN)('T3 %s is right by the table of the standard, and taken', (code) => {
  expect(sumOf(code) % 31).toBe(0);
  expect(creditCodeFault(code)).toBeNull();
});

test.each(KNOWN)('T3 of the 31 characters that may end %s one is right', (code) => {
  const all = Array.from(VALUES.keys(), (last) => code.slice(0, -1) + last);
  expect(all.filter((one) => creditCodeFault(one) === null)).toEqual([code]);
  expect(all.filter((one) => sumOf(one) % 31 === 0)).toEqual([code]);
});

test('T3 one wrong character, or two that changed places, are seen', () => {
  const [code = ''] = KNOWN;
  const others = Array.from(code.slice(0, -1), (character, place) => {
    const next = /\d/.test(character) ? `${(Number(character) + 1) % 10}` : character === 'X' ? 'Y' : 'X';
    return code.slice(0, place) + next + code.slice(place + 1);
  });
  const swapped = Array.from(code.slice(0, -2), (_, place) => {
    const [one = '', two = ''] = code.slice(place, place + 2);
    return code.slice(0, place) + two + one + code.slice(place + 2);
  }).filter((other, place) => other !== code && !/[A-Z]/.test(code.slice(place, place + 2)));
  expect(swapped.length).toBeGreaterThan(5);
  expect([...others, ...swapped].map(creditCodeFault)).toEqual(
    [...others, ...swapped].map(() => 'check-character'),
  );
});

test.each([
  '',
  '0',
  '9144030071526726X',
  '9144030071526726XGG',
  '9144030071526726xg',
  '9144030071526726IG',
  '9144030071526726OG',
  '9144030071526726SG',
  '9144030071526726VG',
  '9144030071526726ZG',
  '91A4030071526726XG',
  '9144030071526726X ',
  '９144030071526726XG',
  '440301103097413',
])('T3 %j has not the form of a unified social credit code', (code) => {
  expect(creditCodeFault(code)).toBe('form');
});
