import { type StoredEvent } from '#libs/engine/event-sourcing';
import { type BareCommand, playCommands } from '#libs/engine/event-sourcing-testing';
import { expect, test } from '@jest/globals';
import { BETWEEN_DEPARTMENTS } from '../core/attribution.js';
import { type TakeOverApplication, takingOver } from '../jurisdiction/succession.commands.js';
import { type BareApplicationCommand } from '../testing/bare.js';
import { actor, at, calendar, commands, decider, desk, ID, NOW, reviewer } from '../testing/cases.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';
import { opinionTally } from './opinion.tally.js';

const REFORM = '2026-11-24T16:00:00.000Z';

const LATER = '2026-11-25T02:00:00.000Z';

const MONDAY = '2026-11-30T02:00:00.000Z';

const ecologist = actor('demo-ecologist', 'reviewer', 'ecology');

const opened = [commands.submit(), commands.accept(), commands.assign()];

const consulted = [...opened, commands.consult({ departments: ['water', 'forestry'], unknown: [] })];

const takeOver = (from: string, department: string, instant = REFORM): BareCommand<TakeOverApplication> => {
  const { meta, ...command } = takingOver(
    { application: ID, from, department },
    { revision: '1', at: instant, now: LATER },
  );
  return { ...command, meta: { actor: meta.actor, occurredAt: instant, now: instant } };
};

/** The documents after each event, and the opinions of each department as they were counted: `asked` and so on. */
function foldedAfter(...given: readonly (BareApplicationCommand | BareCommand<TakeOverApplication>)[]) {
  const { events, refusals } = playCommands(decider, given);
  if (refusals[0] !== undefined) throw refusals[0];
  const applications = applicationsUnder(calendar);
  const tally = opinionTally(calendar);
  const documents: ApplicationDocument[] = [];
  const opinions: Record<string, Record<string, number>> = {};
  for (const event of events as readonly StoredEvent[]) {
    const before = documents.at(-1) ?? null;
    const after = applications.fold(before, event, ID) as ApplicationDocument;
    documents.push(after);
    for (const { lines, add } of tally.contributions(before, after, event)) {
      for (const { labels } of lines.filter((line) => line.labels['region'] === '000000')) {
        const counts = (opinions[`${labels['department']}`] ??= {});
        for (const [counter, by] of add as readonly (readonly [string, number])[])
          counts[counter] = (counts[counter] ?? 0) + by;
      }
    }
  }
  return { documents, last: documents.at(-1), opinions };
}

test('an application goes to the successor’s desk, which counts neither as an act nor as a hand-off', () => {
  const { documents, last } = foldedAfter(...opened, takeOver('natural-resources', 'planning'));
  expect(last).toEqual({
    ...documents.at(-2),
    department: 'planning',
    responsible: 'planning',
    holder: { ...desk, department: 'planning' },
    heldSince: REFORM,
    person: null,
    reviewer: null,
    revision: '3',
  });
});

test('what ended stays with the department that ended it', () => {
  const { documents, last } = foldedAfter(
    ...opened,
    commands.approve(),
    commands.deliver(),
    takeOver('natural-resources', 'planning'),
  );
  expect(last).toEqual({ ...documents.at(-2), revision: '5' });
});

test('an opinion still owed passes to the successor, and counts for it alone', () => {
  const reformed = [...consulted, takeOver('water', 'ecology')];
  const { documents, last, opinions } = foldedAfter(...reformed);
  const before = documents.at(-2);
  expect(last).toEqual({
    ...before,
    consultation: {
      ...before?.consultation,
      asked: ['ecology', 'forestry'],
      outstanding: ['ecology', 'forestry'],
    },
    awaiting: ['ecology', 'forestry'],
    holder: BETWEEN_DEPARTMENTS,
    heldSince: NOW,
    revision: '4',
  });
  expect(opinions).toEqual({
    water: { 'asked@24': 0 },
    forestry: { 'asked@24': 1 },
    ecology: { 'asked@24': 1 },
  });
  const answered = foldedAfter(...reformed, commands.answer({ meta: at(ecologist, LATER) }));
  expect(answered.opinions['ecology']).toEqual(expect.objectContaining({ 'asked@24': 1, 'inTime@24': 1 }));
});

test('an opinion owed by two departments that were merged is owed once', () => {
  const { last, opinions } = foldedAfter(...consulted, takeOver('water', 'forestry'));
  expect(last?.awaiting).toEqual(['forestry']);
  expect(opinions).toEqual({ water: { 'asked@24': 0 }, forestry: { 'asked@24': 1 } });
});

test('silence passes to the successor with the opinion, so that a late answer makes up for it', () => {
  const overdue = [...consulted, commands.closeConsultation({ meta: at(reviewer, MONDAY) })];
  const { opinions } = foldedAfter(
    ...overdue,
    takeOver('water', 'ecology', MONDAY),
    commands.answer({ meta: at(ecologist, MONDAY) }),
  );
  expect(opinions).toEqual({
    water: { 'asked@24': 0, 'silent@24': 0 },
    forestry: { 'asked@24': 1, 'silent@24': 1 },
    ecology: expect.objectContaining({ 'asked@24': 1, 'silent@24': 0, 'late@24': 1 }),
  });
});
