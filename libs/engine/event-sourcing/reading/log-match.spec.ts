import { expect, test } from '@jest/globals';
import { forgetReadModels, mustBeFilledFrom, mustBeTheLogOf, mustHoldAcknowledged } from './log-match.js';
import { counterProjection, parityProjection } from '../testing/counter.js';
import { append, history, opened, patience, projector } from '../testing/projector-harness.js';
import { SpecEventStore, SpecReadStore } from '../testing/spec-stores.js';

const kept = [counterProjection(), parityProjection];

/** A log of nine events, and read models that have folded all of it. */
async function filled() {
  const [log, reads] = [new SpecEventStore(), new SpecReadStore()];
  const end = await append(log, ...history);
  const filling = projector(log, reads);
  await filling.start();
  expect(await filling.waitFor(end, patience)).toBe(true);
  await filling.stop();
  return { log, reads };
}

/** Another log with these of its events. */
function copyOf({ events, id }: SpecEventStore, count: number): SpecEventStore {
  const copy = new SpecEventStore();
  copy.events.push(...events.slice(0, count));
  copy.id = id;
  return copy;
}

const reasonOf = (log: SpecEventStore, reads: SpecReadStore) =>
  mustBeTheLogOf(log, reads, kept).then(
    () => null,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : error),
  );

const otherLog = (reason: string) =>
  `OtherLog: the read models were not filled from this log: ${reason}. Restore the log that belongs to them; ` +
  'if this log is the right one, stop every server and run: npm run ops -- rebuild --accept-log';

test('K3 read models go with the log they were filled from, also when it has grown, and empty ones with any', async () => {
  const { log, reads } = await filled();
  expect(reads.log).toBe('spec-log');
  expect(await reasonOf(log, reads)).toBeNull();
  await append(log, opened('d'));
  expect(await reasonOf(log, reads)).toBeNull();
  expect(await reasonOf(log, new SpecReadStore())).toBeNull();
  expect(await reasonOf(new SpecEventStore(), new SpecReadStore())).toBeNull();
});

test('K3 an empty log, a shorter copy, a copy that diverged and another log are reported', async () => {
  const { log, reads } = await filled();
  expect(await reasonOf(new SpecEventStore(), reads)).toBe(otherLog('it is empty'));
  expect(await reasonOf(copyOf(log, 8), reads)).toBe(
    otherLog('it ends at position 70, they have seen position 80'),
  );
  const wentOn = copyOf(log, 8);
  await append(wentOn, opened('e'), opened('f'));
  expect(await reasonOf(wentOn, reads)).toBe(
    otherLog('at position 80 it holds another event than the one they have seen'),
  );
  const other = copyOf(log, 9);
  other.id = 'other-log';
  expect(await reasonOf(other, reads)).toBe(otherLog('it is other-log, they were filled from spec-log'));
});

test('K3 read models stored before there were ids are known by their positions, and noted when something is folded', async () => {
  const { log, reads } = await filled();
  reads.log = null;
  for (const [name, { position, recordedAt }] of reads.checkpoints)
    reads.checkpoints.set(name, { position, recordedAt });
  expect(await reasonOf(log, reads)).toBeNull();
  expect(await reasonOf(new SpecEventStore(), reads)).toBe(otherLog('it is empty'));
  expect(await reasonOf(copyOf(log, 5), reads)).toBe(
    otherLog('it ends at position 40, they have seen position 80'),
  );
  const following = projector(log, reads);
  await following.start();
  expect(await following.waitFor(await append(log, opened('d')), patience)).toBe(true);
  expect(reads.log).toBe('spec-log');
});

test('K3 a projector folds nothing of another log, and stops when the event it folded last is a different one', async () => {
  const { log, reads } = await filled();
  const before = [...reads.kept];
  const other = copyOf(log, 9);
  other.id = 'other-log';
  const otherEnd = await append(other, opened('e'));
  const wrong = projector(other, reads);
  await wrong.start();
  for (const name of ['counters', 'parities'])
    expect(await wrong.waitFor(otherEnd, { ...patience, projections: [name] })).toBe(false);
  expect(wrong.status().map(({ fault }) => fault?.message)).toEqual([
    otherLog('it is other-log, they were filled from spec-log').replace('OtherLog: ', ''),
    otherLog('it is other-log, they were filled from spec-log').replace('OtherLog: ', ''),
  ]);
  const wentOn = copyOf(log, 8);
  const end = await append(wentOn, opened('e'), opened('f'));
  const misled = projector(wentOn, reads);
  await misled.start();
  for (const name of ['counters', 'parities'])
    expect(await misled.waitFor(end, { ...patience, projections: [name] })).toBe(false);
  const message =
    'the log holds another event at checkpoint 80 than the one that was folded; rebuild this projection';
  expect(misled.status().map(({ fault }) => fault?.message)).toEqual([message, message]);
  expect([...reads.kept]).toEqual(before);
});

test('K3 once the read models are thrown away, the log is the right one', async () => {
  const { log, reads } = await filled();
  const other = copyOf(log, 4);
  other.id = 'other-log';
  await forgetReadModels(reads);
  expect([reads.kept.size, reads.checkpoints.size, reads.log]).toEqual([0, 0, null]);
  expect(await mustBeFilledFrom(other, reads)).toBe(true);
  expect(reads.log).toBe('other-log');
  expect(await reasonOf(other, reads)).toBeNull();
  expect(await reasonOf(log, reads)).toBe(otherLog('it is spec-log, they were filled from other-log'));
});

test('K3 a log that lacks the last acknowledged event, or holds another in its place, is reported', async () => {
  const { log } = await filled();
  const eventId = log.events[8]?.id ?? '';
  const reasonOfLog = (candidate: SpecEventStore, noted: { logId?: string; eventId?: string } = {}) =>
    mustHoldAcknowledged(candidate, { logId: 'spec-log', position: 80n, eventId, ...noted }).then(
      () => null,
      (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : error),
    );
  const lacks = (reason: string) =>
    `OtherLog: this log lacks what was acknowledged: ${reason}. Restore its newest copy; ` +
    'if this log is the right one, stop every server and run: npm run ops -- rebuild --accept-log';
  expect(await reasonOfLog(log)).toBeNull();
  await append(log, opened('d'));
  expect(await reasonOfLog(log)).toBeNull();
  expect(await reasonOfLog(new SpecEventStore())).toBe(lacks('it is empty'));
  expect(await reasonOfLog(copyOf(log, 8))).toBe(
    lacks('it ends at position 70, position 80 was acknowledged'),
  );
  const wentOn = copyOf(log, 8);
  await append(wentOn, opened('e'), opened('f'));
  expect(await reasonOfLog(wentOn)).toBe(
    lacks('at position 80 it holds another event than the one that was acknowledged'),
  );
  expect(await reasonOfLog(log, { logId: 'other-log' })).toBe(lacks('it is spec-log, that was in other-log'));
});
