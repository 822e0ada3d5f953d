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
import { type Document, type Recorded, RuleViolation } from '#libs/engine/event-sourcing';
import { asRecorded, factsOf, recorded, withMeta } from '#libs/engine/event-sourcing-testing';
import { calendarOf, type Day, dayOfNumber, numberOfDay } from '#libs/law/calendar';
import fc from 'fast-check';
import { type Tables } from '../case-timers.js';
import { type TimersDocument, timersUnder } from '../timers.projection.js';
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
  commands.returnToApplicant(),
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

/** A notice of holidays that is entered, and the process started again: days that are off, and days that are worked instead. */
type HolidayNotice = { readonly holidays: readonly Day[]; readonly makeUpDays: readonly Day[] };
const someDays = fc.array(
  fc.nat(120).map((offset) => dayOfNumber(numberOfDay('2026-03-02') + offset)),
  { maxLength: 12 },
);
const holidayNotice: fc.Arbitrary<HolidayNotice> = fc.record({ holidays: someDays, makeUpDays: someDays });

const acts = fc.constantFrom(...ACTS);

const livesOf = (step: fc.Arbitrary<Passing | BareApplicationCommand | HolidayNotice>) =>
  fc.tuple(terms, fc.array(step, { maxLength: 40, size: 'max' })).map(([given, steps]) => {
    const life = new Life();
    life.try(commands.submit({ opening: opening({ terms: given }) }));
    for (const one of steps) {
      if ('hours' in one) life.wait(one);
      else if ('holidays' in one) life.enter(one);
      else life.try(one);
    }
    life.wait({ hours: 10_000, watched: true });
    return life;
  });

/** An application on any terms, what people try in it, and the time that passes between, with or without a clock process that watches. */
export const lives = livesOf(fc.oneof(passing, acts));

/** The same, with notices of holidays that come at any moment. */
export const livesWithNotices = livesOf(
  fc.oneof({ arbitrary: passing, weight: 3 }, { arbitrary: acts, weight: 4 }, holidayNotice),
);

/** A timer as it was fired, and how many events it made. */
type Fired = { readonly id: string; readonly name: Timer['name']; readonly made: number };

/** One application, the time in which it lies, and everything that happened in it. */
class Life {
  readonly events: Recorded<ApplicationEvent>[] = [];
  /** The state after each event. */
  readonly states: ApplicationState[] = [];
  readonly fired: Fired[] = [];
  /** The plan that the projection keeps of the application, under the calendar of the day. */
  document: TimersDocument | null = null;
  tables: Tables = tables;
  private decider = applicationDecider({ calendar: tables.calendar });
  private notices = 0;
  private now = START;

  try(act: BareApplicationCommand): void {
    const now = new Date(this.now).toISOString();
    try {
      const meta = { ...act.meta, now, occurredAt: now };
      this.fold(this.decider.decide(this.state, withMeta({ ...act, id: ID, meta }), factsOf(act)), now);
    } catch (error) {
      if (!(error instanceof RuleViolation)) throw error;
    }
  }

  /** Time passes and, if `watched`, everything that has fallen due is done, the earliest first. */
  wait({ hours, watched }: Passing): void {
    this.now += hours * HOUR;
    if (!watched) return;
    const now = new Date(this.now).toISOString();
    for (;;) {
      const timer = this.document?.timers.find(({ at }) => at < now);
      if (timer === undefined) return;
      if (timer.name === 'canary' || timer.name === 'broken') throw new Error(`a timer ${timer.name}`);
      const events = this.decider.decide(this.state, firing(ID, timer, now));
      this.fired.push({ id: timerId(ID, timer), name: timer.name, made: events.length });
      // What stays due would be found again forever.
      if (events.length === 0 || this.fired.length > 200) return;
      this.fold(events, timer.at);
    }
  }

  /** The read models are filled anew from the log, under the calendar that the notice makes. */
  enter({ holidays, makeUpDays }: HolidayNotice): void {
    this.notices += 1;
    const named = (days: readonly Day[]) => Object.fromEntries(days.map((day) => [day, '假']));
    const calendar = calendarOf({
      version: `notice ${this.notices}`,
      holidays: named(holidays),
      makeUpDays: named(makeUpDays),
    });
    this.tables = { ...tables, calendar };
    this.decider = applicationDecider({ calendar });
    this.document = null;
    for (const event of this.events) this.plan(event);
  }

  private get state(): ApplicationState {
    return this.states.at(-1) ?? ABSENT;
  }

  private plan(event: Recorded<ApplicationEvent>): void {
    const plan = timersUnder(this.tables).fold(this.document, event, ID);
    this.document = plan as TimersDocument & Document;
  }

  private fold(events: readonly ApplicationEvent[], occurredAt: string): void {
    for (const event of events) {
      const revision = BigInt(this.events.length);
      const metadata = { occurredAt, calendarVersion: this.tables.calendar.version };
      const stream = `application-${ID}`;
      const stored = asRecorded(recorded(event, { stream, revision, metadata }));
      this.states.push(this.decider.evolve(this.state, stored));
      this.events.push(stored);
      this.plan(stored);
    }
  }
}
