import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { parseMatters } from './catalogue-file.js';

const folder = new URL('../../../data/catalogue/', import.meta.url);
const matters = readdirSync(folder)
  .sort()
  .flatMap((name) => parseMatters(name, readFileSync(new URL(name, folder), 'utf8')))
  .flatMap(({ versions }) => versions.slice(-1).map(({ matter }) => matter));

test('C nothing is promised for a day of rest: a promise is in working days, and a term without one ends on a working day', () => {
  const restful = matters.filter(({ statutory, promised }) => {
    const limit = promised ?? statutory;
    return limit !== null && limit.unit === 'calendar-day' && limit.endsOnRestDay !== 'moves';
  });
  expect(restful.map(({ code }) => code)).toEqual([]);
  const of = (code: string) => matters.find((matter) => matter.code === code)?.promised;
  expect([of('SG-05'), of('JG-02')]).toEqual([
    { days: 1, unit: 'working-day', start: 'receipt' },
    { days: 5, unit: 'working-day', start: 'acceptance' },
  ]);
});
