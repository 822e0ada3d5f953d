import {
  ABSENT,
  APPLICATION_STREAM,
  type ApplicationEvent,
  type ApplicationState,
  type DueDates,
  evolve,
  excluded,
  type Application,
  isLicence,
  noticeRule,
  noticeTermOf,
  presentDue,
  receiptOf,
} from '#libs/county/approval';
import {
  chineseDateOf,
  type ClockExplanation,
  dayOf,
  dayOfNumber,
  numberOfDay,
  deliveryDueAt,
  explain,
  explainWaiting,
  type Extension,
  type Lamp,
  lampAt,
  lastDayOf,
  startClock,
  type Suspension,
  type TimeLimit,
  type WorkingCalendar,
} from '#libs/law/calendar';
import { type EventStore, type Recorded, type StoredEvent } from '#libs/engine/event-sourcing';

/** The clock of one application at an instant, explained day by day under the present calendar. */
export type ClockAnswer = {
  readonly application: string;
  readonly asOf: string;
  /** What the answer was computed with. */
  readonly calendarVersion: string;
  /** Last day of the known calendar; later days are provisional. */
  readonly calendarKnownUntil: string;
  readonly basis: string | null;
  readonly verified: boolean;
  readonly receivedAt: string;
  /** From when the receipt counts: at a counter after office hours, from the next working day (民法典 Art. 203(2)). */
  readonly receiptCountsFrom: string;
  readonly acceptedAt: string | null;
  readonly stoppedAt: string | null;
  /** Null once the clock has stopped. */
  readonly lamp: Lamp | null;
  /** The running step of the department where it is over a limit of its own: the lamp is yellow inside a term that is in time. */
  readonly stepOverrun: { readonly step: string; readonly since: string } | null;
  /** Of the term alone. */
  readonly due: DueDates;
  /** As the last event that set them has them, derived with the calendar of its day. */
  readonly recorded: { readonly due: DueDates; readonly calendarVersion: string | null };
  readonly suspensions: readonly Suspension[];
  /** While the applicant completed what the one-time notice asked for: a term from receipt is postponed by it. */
  readonly supplementPeriod: Suspension | null;
  readonly extensions: readonly Extension[];
  /** First day in `days`, if that is not the first of the clock: parts and totals are still those of the whole. */
  readonly listedFrom?: string;
  /** 法定时限; null where the law sets none. */
  readonly statutory: ClockExplanation | null;
  /** 承诺时限; null where nothing was promised, or an imported log promised an end instead. */
  readonly promised: ClockExplanation | null;
  /** Until when the one-time notice may be given (行政许可法 Art. 32(4)); null once the application was accepted. */
  readonly noticeDueAt: string | null;
  /** Until when a grant must be delivered (行政许可法 Art. 44); null before it, and for a refusal, for which no law sets a term. */
  readonly deliveryDueAt: string | null;
  /** Where terms of different laws do not fit each other; empty where they do. */
  readonly remarks: readonly ClockRemark[];
};

type ClockRemark = { readonly zh: string; readonly en: string; readonly articles: readonly string[] };

export type ClockQuestion = {
  readonly application: string;
  readonly asOf: string;
  /** The first legal day that is listed; null = as many as an answer lists. */
  readonly from: string | null;
};

/** The longest span that is listed day by day: ten years. */
export const LISTED_DAYS = 3_660;
/** The longest span that is counted: a hundred years. */
export const COUNTED_DAYS = 36_600;

/** Null when the application had not been submitted at that instant. */
export async function clockOf(
  { eventStore, calendar }: { readonly eventStore: EventStore; readonly calendar: WorkingCalendar },
  { application, asOf, from }: ClockQuestion,
): Promise<ClockAnswer | null> {
  const { state, recorded } = await foldedUntil(eventStore, APPLICATION_STREAM + application, asOf);
  if (state.at === 'absent' || recorded === null) return null;
  const { clock, terms, receivedAt, promisedEnd } = state;
  const due = presentDue(calendar, state);
  const decidedAt = 'outcome' in state && state.outcome === 'granted' ? clock.stoppedAt : null;
  const overrun = clock.step?.warned ? { step: clock.step.name, since: clock.step.since } : null;
  const first = laterOf(from, dayOfNumber(numberOfDay(dayOf(asOf)) - LISTED_DAYS + 1));
  const isWhole = first <= dayOf(receivedAt);
  const listed = (explanation: ClockExplanation | null) =>
    explanation && { ...explanation, days: explanation.days.filter(({ day }) => day >= first) };
  const notice = owedNotice(state, calendar);
  return {
    application,
    asOf,
    calendarVersion: calendar.version,
    calendarKnownUntil: calendar.knownUntil,
    basis: terms.basis,
    verified: terms.verified,
    receivedAt,
    receiptCountsFrom: receiptOf(calendar, state),
    acceptedAt: clock.acceptedAt,
    stoppedAt: clock.stoppedAt,
    lamp: clock.stoppedAt === null ? lampOf(due, asOf, overrun !== null) : null,
    stepOverrun: overrun,
    due,
    recorded,
    suspensions: clock.suspensions,
    supplementPeriod: clock.supplementPeriod ?? null,
    extensions: clock.extensions,
    ...(isWhole ? {} : { listedFrom: first }),
    statutory: listed(explained(state, terms.statutory, calendar, asOf)),
    promised: promisedEnd === null ? listed(explained(state, terms.promised, calendar, asOf)) : null,
    noticeDueAt: notice?.dueAt ?? null,
    deliveryDueAt: decidedAt && isLicence(terms) ? deliveryDueAt(calendar, decidedAt) : null,
    remarks: remarksOn(state, due, notice),
  };
}

type OwedNotice = { readonly dueAt: string; readonly article: string };

/** Until when the one-time notice may be given, and by which article; null where none is owed. */
function owedNotice({ at, terms, clock }: Application, calendar: WorkingCalendar): OwedNotice | null {
  const rule = at === 'submitted' ? noticeRule(terms) : null;
  return rule && { dueAt: noticeTermOf(clock, calendar, rule).dueAt, article: rule.article };
}

/**
 * A term from receipt may be over before the five working days of the one-time notice are (建筑法 Art. 8: seven days): a notice
 * on their last day is lawful, and finds the application late. While the notice is owed, the clock says so.
 */
function remarksOn(
  { terms }: Pick<Application, 'terms'>,
  { statutory }: DueDates,
  notice: OwedNotice | null,
): ClockRemark[] {
  if (notice === null || terms.statutory?.start !== 'receipt' || statutory === null) return [];
  const { dueAt, article } = notice;
  if (dueAt <= statutory) return [];
  return [
    {
      zh: `法定期限自收到申请之日起计算，${chineseDateOf(lastDayOf(statutory))}届满，早于一次告知的期限（${chineseDateOf(lastDayOf(dueAt))}）；应当在法定期限届满前受理或者一次告知`,
      en: `The statutory term runs from receipt and ends on ${lastDayOf(statutory)}, before that of the one-time notice (${lastDayOf(dueAt)}): accept or notify before the statutory term ends`,
      articles: [...(terms.basis === null ? [] : [terms.basis]), article],
    },
  ];
}

function laterOf(day: string | null, other: string): string {
  return day !== null && day > other ? day : other;
}

function lampOf(due: DueDates, asOf: string, isStepOver: boolean): Lamp {
  const ofTerm = lampAt(due, asOf);
  return ofTerm === 'green' && isStepOver ? 'yellow' : ofTerm;
}

function explained(
  state: Application,
  limit: TimeLimit | null,
  calendar: WorkingCalendar,
  asOf: string,
): ClockExplanation | null {
  if (limit === null) return null;
  const { clock, receivedAt } = state;
  const startedAt = limit.start === 'receipt' ? receiptOf(calendar, state) : clock.acceptedAt;
  if (startedAt === null) return explainWaiting(limit, calendar, receivedAt, asOf);
  const { extensions, stoppedAt } = clock;
  return explain(
    { ...startClock(limit, startedAt), suspensions: excluded(clock), extensions, stoppedAt },
    calendar,
    asOf,
    receivedAt,
  );
}

/**
 * What had happened by an instant. People's acts are in the log in the order of their times, so the first later one ends the
 * reading; timers were recorded when a worker fired them, which may be after later acts.
 */
async function foldedUntil(store: EventStore, stream: string, asOf: string) {
  let state: ApplicationState = ABSENT;
  let recorded: ClockAnswer['recorded'] | null = null;
  let isPast = false;
  for await (const event of store.readStream(stream)) {
    const { occurredAt, actor, calendarVersion } = event.metadata;
    if (occurredAt > asOf) isPast = true;
    else if (!isPast || actor.role === 'system') {
      state = evolve(state, asApplicationEvent(event));
      if (hasDue(event.data)) recorded = { due: event.data.due, calendarVersion };
    }
  }
  return { state, recorded };
}

const asApplicationEvent = (event: StoredEvent) => event as Recorded<ApplicationEvent>;

function hasDue(data: unknown): data is { readonly due: DueDates } {
  return typeof data === 'object' && data !== null && 'due' in data;
}
