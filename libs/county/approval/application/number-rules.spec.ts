import { expect, test } from '@jest/globals';
import { FILING_TERMS, TERMS } from '../testing/cases.js';
import { formOfDocument, isCounted, numberIn, type NumberRules, seriesOf } from './number-rules.js';

const rules: NumberRules = {
  documents: [
    { document: 'receipt', form: '{word}{kind}受〔{year}〕{number}号' },
    { document: 'approval', form: '{word}{kind}准〔{year}〕{number}号' },
    { document: 'refusal', form: '{word}{kind}不准〔{year}〕{number}号' },
    { document: 'acceptance-refusal', form: '{word}{kind}不受〔{year}〕{number}号' },
  ],
  kinds: { licence: '许', other: '办' },
  departments: [{ department: 'natural-resources', word: '本自然资' }],
  otherDepartments: '本县',
  permits: [{ matter: 'SG-05', form: '210521{year}{month}{day}{number:4}' }],
};
const receipt = formOfDocument(rules, 'receipt');

test('4 a number says department, kind of matter and year, which is that of China', () => {
  const own = { department: 'natural-resources', terms: TERMS };
  const lastDay = seriesOf(rules, receipt, { ...own, at: '2026-12-31T15:59:59.999Z' });
  const newYear = seriesOf(rules, receipt, { ...own, at: '2026-12-31T16:00:00.000Z' });
  expect([numberIn(lastDay, 12), numberIn(newYear, 1)]).toEqual([
    '本自然资许受〔2026〕12号',
    '本自然资许受〔2027〕1号',
  ]);
  const other = { department: null, terms: FILING_TERMS, at: '2026-03-02T01:00:00.000Z' };
  expect(numberIn(seriesOf(rules, receipt, other), 7)).toBe('本县办受〔2026〕7号');
  const confirmation = {
    ...own,
    terms: { ...TERMS, kind: 'confirmation' as const },
    at: '2026-03-02T01:00:00.000Z',
  };
  expect(numberIn(seriesOf(rules, receipt, confirmation), 7)).toBe('本自然资办受〔2026〕7号');
  const permit = { ...own, at: '2026-03-02T01:00:00.000Z' };
  expect(numberIn(seriesOf(rules, '210521{year}{month}{day}{number:4}', permit), 7)).toBe(
    '210521202603020007',
  );
});

test.each([
  ['210521202603020007', true],
  ['本自然资许准〔2031〕7号', true],
  ['本水许准〔2026〕1号', true],
  ['用字第1号', false],
  ['21052120260302', false],
  ['准〔2026〕7号', false],
])('4 whether the system counts %s itself: %s', (number, expected) => {
  expect(isCounted(rules, number)).toBe(expected);
});
