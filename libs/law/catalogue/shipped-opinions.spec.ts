import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { parseMatters } from './catalogue-file.js';

const folder = new URL('../../../data/catalogue/', import.meta.url);
const matters = readdirSync(folder).flatMap((name) =>
  parseMatters(name, readFileSync(new URL(name, folder), 'utf8')).flatMap(({ versions }) =>
    versions.slice(-1).map(({ matter }) => matter),
  ),
);

// What the articles say, as read: 取水条例 Art. 19 para. 2 (groundwater of a planned urban area), 名城条例 Art. 28 (before either permit of
// the planning department in the core of a historic quarter, town or village), 公路安全保护条例 Art. 28 (where traffic is affected).
test('6 A28 shipped matters ask for the opinions that their law asks for, and in which cases', () => {
  const opinions = matters.flatMap(({ code, consults = [] }) =>
    consults.map((one) => [code, one.department, one.article, one.verified, one.conditional === true]),
  );
  expect(opinions.toSorted()).toEqual([
    ['GC-02', 'culture-tourism', '历史文化名城名镇名村保护条例 Art. 28', true, true],
    ['GC-03', 'culture-tourism', '历史文化名城名镇名村保护条例 Art. 28', true, true],
    ['LX-19', 'housing-construction', '取水许可和水资源费征收管理条例 Art. 19 para. 2', true, true],
    ['SG-17', 'traffic-police', '公路安全保护条例 Art. 28', true, true],
  ]);
});

test('6 receivers, materials and rules of time stay as they were when the opinions came', () => {
  const of = (code: string) => matters.find((matter) => matter.code === code);
  expect(of('GC-03')?.receivedBy?.map(({ department }) => department)).toEqual([
    'tianshifu',
    'xiaoshi',
    'jianchang',
    'nandian',
  ]);
  expect(of('GC-02')?.materials.length).toBe(3);
  expect(of('SG-17')?.statutory).toMatchObject({ days: 20, unit: 'calendar-day', endsOnRestDay: 'moves' });
});
