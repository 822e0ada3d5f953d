import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import {
  ABSENT,
  applicationDecider,
  type ApplicationState,
  firing,
  type Terms,
  timerId,
} from '#libs/approval';
import { type BareApplicationCommand, commands, opening, TERMS } from '#libs/approval/testing';
import { type DomainEvent, RuleViolation } from '#libs/event-sourcing';
import { asRecorded, recorded, withMeta } from '#libs/event-sourcing-testing';
import fc from 'fast-check';
import { timersOf } from './case-timers.js';
import { tables } from './testing/tables.js';

/** A matter whose permit lapses when it is not used. */
const ID = 'p1-SG-05';
const START = Date.UTC(2026, 2, 2, 1);
const HOUR = 3_600_000;

/** What people try at any time; what is not allowed then is refused. */
const ACTS: readonly BareApplicationCommand[] = [
  commands.accept(),
  commands.acceptWithDeficiency(),
  commands.answer(),
  commands.approve(),
  commands.assign(),
  commands.closeConsultation(),
  commands.consult(),
  commands.deliver(),
  commands.escalate(),
  commands.extend(),
  commands.fastTrack(),
  commands.fastTrack({ promisePercent: 100 }),
  commands.fulfilDeficiency(),
  commands.giveBack(),
  commands.renew(),
  commands.requestSupplement(),
  commands.resume(),
  commands.sendBack(),
  commands.sendDown(),
  commands.step(),
  commands.submit(),
  commands.supplement(),
  commands.suspend(),
  commands.transfer(),
];

const starts = fc.constantFrom('receipt' as const, 'acceptance' as const);
const units = fc.constantFrom('working-day' as const, 'calendar-day' as const);
const limits = fc.option(fc.record({ days: fc.integer({ min: 1, max: 20 }), unit: units, start: starts }));
const terms: fc.Arbitrary<Terms> = fc
  .record({ statutory: limits, promised: limits })
  .map((given) => ({ ...TERMS, ...given }));

type Passing = { readonly hours: number; readonly watched: boolean };
const passing: fc.Arbitrary<Passing> = fc.record({
  hours: fc.integer({ min: 1, max: 300 }),
  watched: fc.boolean(),
});

/** Time that passes, or what somebody tries. */
const steps = fc.array(fc.oneof(passing, fc.constantFrom(...ACTS)), {
  maxLength: 40,
  size: 'max',
});

/** One case, and the time in which it lies. */
class Case {
  readonly decider = applicationDecider({ calendar: tables.calendar });
  readonly fired: string[] = [];
  state: ApplicationState = ABSENT;
  private now = START;
  private events = 0n;

  try(act: BareApplicationCommand): void {
    const now = new Date(this.now).toISOString();
    try {
      const meta = { ...act.meta, now, occurredAt: now };
      this.fold(this.decider.decide(this.state, withMeta({ ...act, id: ID, meta })), now);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
  }

  /** Time passes, and where somebody watches it everything that has fallen due is done, the earliest first. */
  wait({ hours, watched }: Passing): void {
    this.now += hours * HOUR;
    if (!watched) return;
    const now = new Date(this.now).toISOString();
    for (;;) {
      const timer = timersOf(this.state, tables).find(({ at }) => at < now);
      if (timer === undefined) return;
      const id = timerId(ID, timer);
      expect(this.fired).not.toContain(id);
      const events = this.decider.decide(this.state, firing(ID, timer, now));
      expect([id, events.length]).not.toEqual([id, 0]);
      this.fired.push(id);
      this.fold(events, timer.at);
    }
  }

  private fold(events: readonly DomainEvent[], occurredAt: string): void {
    for (const event of events) {
      const stored = recorded(event, { revision: this.events++, metadata: { occurredAt } });
      this.state = this.decider.evolve(this.state, asRecorded(stored) as never);
    }
  }
}

test('whatever people do and whenever, what falls due does something, and is due no second time', () => {
  const names = new Set<string>();
  fc.assert(
    fc.property(terms, steps, (given, tried) => {
      const one = new Case();
      one.try(commands.submit({ opening: opening({ terms: given }) }));
      for (const step of tried) {
        if ('hours' in step) one.wait(step);
        else one.try(step);
      }
      one.wait({ hours: 10_000, watched: true });
      for (const id of one.fired) names.add(id.split('/')[2] ?? id);
    }),
    { numRuns: 1_000 },
  );
  expect([...names].sort()).toEqual([
    'consultation',
    'deficiency',
    'escalation',
    'notice',
    'permit',
    'step',
    'yellow',
  ]);
});
