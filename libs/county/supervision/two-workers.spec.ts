import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { applicationDecider, policyMeta } from '#libs/county/approval';
import { acts, playedUnder } from '#libs/county/approval/testing';
import { type Day, dayOfNumber, numberOfDay, calendarOf } from '#libs/law/calendar';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { type Tables, timersOf } from './case-timers.js';
import { tables } from './testing/tables.js';
import { ListLog, told, Turns, Worker } from './testing/workers.js';

const START = Date.UTC(2026, 2, 2, 1);
const HOUR = 3_600_000;
const END = new Date(START + 200 * 24 * HOUR).toISOString();
const instant = (hours: number) => new Date(START + hours * HOUR).toISOString();

const days: fc.Arbitrary<Day> = fc.nat(150).map((offset) => dayOfNumber(numberOfDay('2026-03-02') + offset));
const calendars = fc
  .array(days, { maxLength: 30 })
  .map((holidays) =>
    calendarOf({ version: 'random', holidays: Object.fromEntries(holidays.map((day) => [day, '假'])) }),
  );

/** What people did with an application before time took over: hours after the start, `far` none. */
type Planned = { readonly submitted: number; readonly accepted: number | null; readonly assigned: boolean };
const planned: fc.Arbitrary<Planned> = fc.record({
  submitted: fc.nat(400),
  accepted: fc.option(fc.nat(60)),
  assigned: fc.boolean(),
});

function begun(id: string, { submitted, accepted, assigned }: Planned, { calendar }: Tables) {
  const { submit, accept, assign } = acts(id);
  const at = instant(submitted);
  if (accepted === null) return playedUnder(calendar, submit(at));
  const then = instant(submitted + accepted);
  return playedUnder(calendar, submit(at), accept(then), ...(assigned ? [assign(then)] : []));
}

const inStream = (id: string, events: readonly StoredEvent[]): StoredEvent[] =>
  events.map((event) => ({ ...event, stream: `application-${id}` }));

/** What time does to an application, by the rules alone: one timer after the other, each at its own instant. */
function ideal(id: string, plan: Planned, under: Tables) {
  const decider = applicationDecider({ calendar: under.calendar });
  const before = begun(id, plan, under);
  let { state } = before;
  const happened: StoredEvent[] = [];
  for (;;) {
    const timer = timersOf(state, under).find(({ at }) => at < END);
    if (timer === undefined) return happened.map(told);
    const meta = policyMeta('ideal', timer.at, END);
    for (const event of decider.decide(state, { type: 'FireTimer', id, timer, meta })) {
      const { actor, occurredAt } = meta;
      const stored = {
        ...before.events[0],
        ...event,
        metadata: { ...before.events[0]?.metadata, actor, occurredAt },
      };
      state = decider.evolve(state, stored as never);
      happened.push(stored as StoredEvent);
    }
  }
}

const numbers = fc.array(fc.nat(1000), { minLength: 20, maxLength: 60 });
const cases = fc.array(planned, { minLength: 1, maxLength: 4 });

test('two workers, at any times and in any order, with read models that lag: each timer fires once, at its instant', async () => {
  await fc.assert(
    fc.asyncProperty(
      cases,
      calendars,
      fc.array(fc.tuple(fc.integer({ min: 400, max: 4_000 }), fc.constantFrom('first', 'second', 'both')), {
        maxLength: 6,
      }),
      numbers,
      async (plans, calendar, wakes, random) => {
        const under = { ...tables, calendar };
        const turns = new Turns(random);
        const log = new ListLog(turns);
        const ids = plans.map((_, index) => `p${index}-GC-02`);
        for (const [index, plan] of plans.entries()) {
          log.put(inStream(ids[index] ?? '', begun(ids[index] ?? '', plan, under).events));
        }
        const people = log.events.length;
        let now = instant(0);
        const make = () => new Worker(log, under, turns, () => now);
        let workers = [make(), make()] as const;
        const run = async (which: string) => {
          const chosen = workers.filter(
            (_, index) => which === 'both' || which === ['first', 'second'][index],
          );
          await Promise.all(
            chosen.map((worker) => {
              if (turns.take() % 2 === 0) worker.project();
              return worker.runner.catchUp();
            }),
          );
        };
        for (const [hours, which] of [...wakes].sort(([a], [b]) => a - b)) {
          now = instant(hours);
          await run(which);
          // A process that was restarted remembers nothing.
          if (turns.take() % 3 === 0) workers = [workers[1], make()];
        }
        now = END;
        for (let pass = 0; pass < 30; pass++) {
          for (const worker of workers) worker.project();
          await run('both');
        }
        const faults = workers.flatMap(({ runner }) => runner.status().flatMap((one) => one.faults));
        expect(faults).toEqual([]);
        const byTime = log.events.slice(people);
        const found = ids.map((id) =>
          byTime.filter(({ stream }) => stream === `application-${id}`).map(told),
        );
        expect(found).toEqual(plans.map((plan, index) => ideal(ids[index] ?? '', plan, under)));
        expect(new Set(byTime.map(({ metadata }) => metadata.commandId)).size).toBe(byTime.length);
      },
    ),
    { numRuns: 60 },
  );
});

test('after any downtime one worker catches up in order of the due instants, over all cases', async () => {
  const accepted = planned.map((plan) => ({ ...plan, accepted: plan.accepted ?? 1 }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(accepted, { minLength: 2, maxLength: 6 }),
      fc.array(fc.integer({ min: 460, max: 4_000 }), { maxLength: 3 }),
      async (plans, wakes) => {
        const turns = new Turns([1]);
        const log = new ListLog(turns);
        for (const [index, plan] of plans.entries()) {
          log.put(inStream(`p${index}-GC-02`, begun(`p${index}-GC-02`, plan, tables).events));
        }
        const people = log.events.length;
        let now = instant(0);
        const worker = new Worker(log, tables, turns, () => now);
        for (const at of [...[...wakes].sort((a, b) => a - b).map(instant), END]) {
          now = at;
          worker.project();
          await worker.runner.catchUp();
        }
        const instants = log.events.slice(people).map(({ metadata }) => metadata.occurredAt);
        expect(instants).toEqual([...instants].sort());
        expect(instants.length).toBeGreaterThanOrEqual(plans.length * 5);
      },
    ),
    { numRuns: 60 },
  );
});

test('one damaged application is reported and does not hold up the others', async () => {
  const turns = new Turns([1]);
  const log = new ListLog(turns);
  const plan = { submitted: 0, accepted: 0, assigned: true };
  const good = begun('good-GC-02', plan, tables).events;
  const bad = begun('bad-GC-02', plan, tables).events;
  log.put(
    inStream(
      'bad-GC-02',
      [...bad, ...bad.slice(0, 1)].map((event, index) => ({ ...event, revision: BigInt(index) })),
    ),
  );
  log.put(inStream('good-GC-02', good));
  const worker = new Worker(log, tables, turns, () => END);
  worker.project();
  await worker.runner.catchUp();
  expect(worker.runner.status()[0]?.faults).toEqual([
    {
      policy: 'timers',
      subject: 'bad-GC-02',
      work: 'timer/bad-GC-02/broken',
      message: 'application-bad-GC-02: ApplicationSubmitted a second time',
      attempts: 1,
      retryAt: new Date(Date.parse(END) + 5_000).toISOString(),
    },
  ]);
  const late = log.events.filter(({ type }) => type === 'ApplicationEscalated');
  expect(late.map(({ stream }) => stream)).toEqual(Array(4).fill('application-good-GC-02'));
});
