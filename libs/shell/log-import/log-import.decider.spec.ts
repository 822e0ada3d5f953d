import { describe, test } from '@jest/globals';
import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { logImportDecider } from './log-import.decider.js';
import { type ImportCompleted } from './log-import.events.js';

const { given } = deciderSpec(logImportDecider);

const completed = (change: Partial<ImportCompleted['data']> = {}): ImportCompleted['data'] => ({
  log: 'receipt',
  digest: 'aa',
  mapping: 'bb',
  rows: 10,
  leftOut: 1,
  bad: 0,
  cases: 2,
  commands: 13,
  recorded: 13,
  ...change,
});
const event = (data: ImportCompleted['data']): ImportCompleted => ({
  type: 'ImportCompleted',
  version: 1,
  data,
});
const complete = (data: ImportCompleted['data']) => ({ type: 'CompleteImport' as const, completed: data });

describe('the end of an import', () => {
  test('is an event the first time', () => {
    given().when(complete(completed())).then(event(completed()));
  });

  test('is nothing new when the same file gave nothing new', () => {
    given(event(completed()))
      .when(complete(completed({ recorded: 0 })))
      .nothing();
  });

  test.each([
    { recorded: 3 },
    { recorded: 0, digest: 'cc' },
    { recorded: 0, mapping: 'cc' },
    { recorded: 0, bad: 1 },
  ])('is an event again with %j', (change) => {
    given(event(completed()))
      .when(complete(completed(change)))
      .then(event(completed(change)));
  });
});
