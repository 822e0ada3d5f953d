import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import {
  acts,
  applicant,
  head,
  playedUnder,
  window,
  type BareApplicationCommand,
  informed,
} from '#libs/county/approval/testing';
import {
  type ApplicationCommand,
  applicationRunner,
  type ApplicationEvent,
  type FireTimer,
  firing,
  type Timer,
} from '#libs/county/approval';
import {
  calendarOf,
  dayOfNumber,
  numberOfDay,
  oneTimeNotice,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { RuleViolation, type StoredEvent } from '#libs/engine/event-sourcing';
import { factsOf, withMeta } from '#libs/engine/event-sourcing-testing';
import fc from 'fast-check';
import { ListLog, Turns } from './testing/workers.js';

const ID = 'p1-GC-02';
const STREAM = `application-${ID}`;
/** Ten in the morning on Tuesday 24 November 2026. */
const RECEIVED = '2026-11-24T02:00:00.000Z';
const { submit, accept, escalate, step } = acts(ID);

type Bare = BareApplicationCommand;
const by = (actor: typeof window, at: string) => ({ actor, now: at, occurredAt: at });

/** Acts on an application that lies at the window, each with what becomes of it once the law has accepted the application. */
const LATE: readonly (readonly [(at: string) => Bare, string])[] = [
  [accept, 'application.wrong-stage'],
  [
    (at) => ({
      type: 'RefuseAcceptance',
      id: ID,
      article: '行政许可法 Art. 32(1)',
      reason: '不需许可',
      remedies: '复议',
      meta: by(window, at),
    }),
    'application.wrong-stage',
  ],
  [
    (at) => ({
      type: 'RequestSupplement',
      id: ID,
      items: [{ material: '图纸', reason: '缺章' }],
      meta: by(window, at),
    }),
    'application.wrong-stage',
  ],
  [step, 'StepRecorded'],
  [escalate, 'ApplicationEscalated'],
  [
    (at) => ({
      type: 'TransferApplication',
      id: ID,
      department: 'water',
      reason: '河道',
      departmentKnown: true,
      meta: by(head, at),
    }),
    'ApplicationTransferred',
  ],
  [(at) => ({ type: 'WithdrawApplication', id: ID, meta: by(applicant, at) }), 'ApplicationWithdrawn'],
];

const calendars = fc
  .array(fc.nat(20), { maxLength: 6 })
  .map((offsets) => offsets.map((offset) => dayOfNumber(numberOfDay('2026-11-24') + offset)))
  .map((days) =>
    calendarOf({ version: 'random', holidays: Object.fromEntries(days.map((day) => [day, '假'])) }),
  );

/** One process with the application as it was received. */
function county(calendar: WorkingCalendar) {
  const log = new ListLog(new Turns([0]));
  log.put(playedUnder(calendar, submit(RECEIVED)).events.map((event) => ({ ...event, stream: STREAM })));
  const runner = applicationRunner(log.store, { calendar });
  const act = async (bare: Bare, commandId: string): Promise<string> => {
    try {
      const command = withMeta<ApplicationCommand | FireTimer>(informed(bare), { commandId });
      await runner.run(STREAM, command, factsOf<never>(command));
      return log.events.at(-1)?.type ?? '';
    } catch (error) {
      if (error instanceof RuleViolation) return error.code;
      throw error;
    }
  };
  const time = (timer: Timer, now: string) => runner.run(STREAM, firing(ID, timer, now));
  return { log, act, time };
}

/** A stored event, but for when it was written down, which its id is made of too. */
const withoutRecording = ({ id: _id, metadata, ...event }: StoredEvent) => {
  const { recordedAt: _, ...rest } = metadata;
  return { ...event, metadata: rest };
};

test('a late act and the timer give the same events and the same receipt, whichever comes first', async () => {
  await fc.assert(
    fc.asyncProperty(
      calendars,
      fc.constantFrom(...LATE),
      fc.integer({ min: 1, max: 30 * 86_400_000 }),
      fc.integer({ min: 1, max: 40 * 86_400_000 }),
      async (calendar, [late, outcome], lateBy, timerLateBy) => {
        const since = RECEIVED;
        const { dueAt: at } = oneTimeNotice(since, since, calendar, { days: 5 });
        const after = (ms: number) => new Date(Date.parse(at) + ms).toISOString();
        const timer: Timer = { name: 'notice', since, at };
        const timerFirst = county(calendar);
        await timerFirst.time(timer, after(1));
        const actFirst = county(calendar);
        const answers = [
          await timerFirst.act(late(after(lateBy)), 'act'),
          await actFirst.act(late(after(lateBy)), 'act'),
        ];
        await actFirst.time(timer, after(timerLateBy));
        expect(answers).toEqual([outcome, outcome]);
        const events = actFirst.log.events.map(withoutRecording);
        expect(events).toEqual(timerFirst.log.events.map(withoutRecording));
        expect(events[1]).toMatchObject({
          type: 'ApplicationDeemedAccepted',
          data: { acceptedAt: RECEIVED },
          metadata: { actor: { person: 'clock' }, occurredAt: at },
        });
      },
    ),
    { numRuns: 100 },
  );
});

test('an act in time, to the last instant, is not late, though it is typed in afterwards', async () => {
  const calendar = calendarOf({ version: 'weekends' });
  const last = '2026-12-01T16:00:00.000Z';
  for (const now of [last, '2026-12-02T02:00:00.000Z']) {
    const { log, act } = county(calendar);
    const command = accept(last);
    expect(await act({ ...command, meta: { ...command.meta, now } }, 'act')).toBe('ApplicationAccepted');
    expect(log.events.map(({ type }) => type as ApplicationEvent['type'])).toEqual([
      'ApplicationSubmitted',
      'ApplicationAccepted',
    ]);
  }
});
