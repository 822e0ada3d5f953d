import {
  ABSENT,
  applicationDecider,
  type ApplicationEvent,
  type ApplicationState,
  firing,
  type Terms,
  type Timer,
  timerId,
} from '#libs/county/approval';
import { type BareApplicationCommand, commands, opening, TERMS } from '#libs/county/approval/testing';
import { type Recorded, RuleViolation } from '#libs/engine/event-sourcing';
import { asRecorded, recorded, withMeta } from '#libs/engine/event-sourcing-testing';
import fc from 'fast-check';
import { timersOf } from '../case-timers.js';
import { tables } from './tables.js';

/** A matter whose permit lapses when it is not used. */
export const ID = 'p1-SG-05';
const START = Date.UTC(2026, 2, 2, 1);
const HOUR = 3_600_000;

/** What people try at any time; what is not allowed then is refused. */
const ACTS: readonly BareApplicationCommand[] = [
  commands.accept(),
  commands.acceptWithDeficiency(),
  commands.answer(),
  commands.approve(),
  commands.amend(),
  commands.assign(),
  commands.backEntry(),
  commands.cancel(),
  commands.checkCommitment(),
  commands.close(),
  commands.closeConsultation(),
  commands.completeImmediately(),
  commands.consult(),
  commands.deliver(),
  commands.escalate(),
  commands.extend(),
  commands.fastTrack(),
  commands.fastTrack({ promisePercent: 100 }),
  commands.fulfilDeficiency(),
  commands.giveBack(),
  commands.lapseDeficiency(),
  commands.makeCommitment(),
  commands.raiseIssue(),
  commands.recall(),
  commands.refuse(),
  commands.refuseAcceptance(),
  commands.renew(),
  commands.reportUse(),
  commands.requestSupplement(),
  commands.resume(),
  commands.revoke(),
  commands.sendBack(),
  commands.sendDown(),
  commands.specialHandling(),
  commands.step(),
  commands.submit(),
  commands.supplement(),
  commands.suspend(),
  commands.transfer(),
  commands.withdraw(),
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

/** A case on any terms, what people try in it, and the time that passes between, with or without a clock process that watches. */
export const lives = fc
  .tuple(terms, fc.array(fc.oneof(passing, fc.constantFrom(...ACTS)), { maxLength: 40, size: 'max' }))
  .map(([given, steps]) => {
    const life = new Life();
    life.try(commands.submit({ opening: opening({ terms: given }) }));
    for (const step of steps) {
      if ('hours' in step) life.wait(step);
      else life.try(step);
    }
    life.wait({ hours: 10_000, watched: true });
    return life;
  });

/** A timer as it was fired, and how many events it made. */
type Fired = { readonly id: string; readonly name: Timer['name']; readonly made: number };

/** One case, the time in which it lies, and everything that happened in it. */
class Life {
  readonly events: Recorded<ApplicationEvent>[] = [];
  /** The state after each event. */
  readonly states: ApplicationState[] = [];
  readonly fired: Fired[] = [];
  private readonly decider = applicationDecider({ calendar: tables.calendar });
  private now = START;

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
      const events = this.decider.decide(this.state, firing(ID, timer, now));
      this.fired.push({ id: timerId(ID, timer), name: timer.name, made: events.length });
      // What stays due would be found again forever.
      if (events.length === 0 || this.fired.length > 200) return;
      this.fold(events, timer.at);
    }
  }

  private get state(): ApplicationState {
    return this.states.at(-1) ?? ABSENT;
  }

  private fold(events: readonly ApplicationEvent[], occurredAt: string): void {
    for (const event of events) {
      const revision = BigInt(this.events.length);
      const metadata = { occurredAt, calendarVersion: tables.calendar.version };
      const stored = asRecorded(recorded(event, { revision, metadata }));
      this.states.push(this.decider.evolve(this.state, stored));
      this.events.push(stored);
    }
  }
}
