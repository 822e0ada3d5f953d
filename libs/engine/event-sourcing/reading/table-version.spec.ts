import { expect, test } from '@jest/globals';
import { tableVersion } from './table-version.js';

test('the same tables give the same version; another table or another shape gives another', () => {
  const version = tableVersion(2, 'chinese-days@1.5.7', 'ladder@1');
  expect(tableVersion(2, 'chinese-days@1.5.7', 'ladder@1')).toBe(version);
  const others = [
    tableVersion(3, 'chinese-days@1.5.7', 'ladder@1'),
    tableVersion(2, 'chinese-days@1.5.8', 'ladder@1'),
    tableVersion(2, 'chinese-days@1.5.7', 'ladder@2'),
    tableVersion(2, 'chinese-days@1.5.7ladder@1'),
    tableVersion(2),
  ];
  expect(new Set([version, ...others]).size).toBe(6);
  expect([version, ...others].every(Number.isSafeInteger)).toBe(true);
});
