import {
  ABSENT,
  APPLICATION_EVENT_TYPES,
  APPLICATION_STREAM,
  type ApplicationEvent,
  type ApplicationState,
  evolve,
  type Application,
  changesDueDates,
  type StepRecorded,
  type Timer,
} from '#libs/county/approval';
import {
  type Document,
  isImported,
  type Projection,
  type Recorded,
  type StoredEvent,
  tableVersion,
  type Model,
} from '#libs/engine/event-sourcing';
import { canaryDecider, CANARY_STREAM, type CanaryState, evolveCanary } from './canary.decider.js';
import { type CanaryEvent, type CanaryRung } from './canary.events.js';
import { isWatched, type Tables, timersOf } from './case-timers.js';
import { type Notice, noticesAfter } from './notices.js';

export const timers: Model<TimersDocument & { readonly id: string }> = { model: 'timers' };

/** A rung that the canary of a day has to take; all of them are due at once. */
type CanaryTimer = { readonly name: 'canary'; readonly rung: CanaryRung; readonly at: string };

/** An application whose events cannot be read: the policy finds it at once and reports it, again and again, and goes on. */
type BrokenTimer = { readonly name: 'broken'; readonly message: string; readonly at: string };

/** Whatever a policy may find due. */
export type AnyTimer = Timer | CanaryTimer | BrokenTimer;

/**
 * What time will bring about in one application, or in one canary, without further acts. Id: the application, or
 * `canary-{day}`. The index `due` by `nextAt` is all that the policies ever read: applications themselves are never scanned.
 */
export type TimersDocument = {
  readonly id: string;
  readonly stream: string;
  /** False when nothing is waited for. */
  readonly armed: boolean;
  /** ISO instant of the first timer; null when there is none. */
  readonly nextAt: string | null;
  /** In order of their instants. */
  readonly timers: readonly AnyTimer[];
  /** Calendar version that the due dates in `application` rest on; null where they are older than its ledger. */
  readonly dueUnder: string | null;
  /** The case as its decider sees it; null for one of an imported log, and for a canary. */
  readonly application: ApplicationState | null;
  readonly canary: CanaryState | null;
  /** The notices sent about the application, the oldest first. */
  readonly notices: readonly Notice[];
  /** Everybody for whom there is one. */
  readonly to: readonly string[];
  /** ISO instant of the last; null when there is none. */
  readonly noticedAt: string | null;
};

const CANARY_EVENT_TYPES: readonly string[] = [
  'CanaryReleased',
  'CanaryClimbed',
] satisfies CanaryEvent['type'][];
const HANDLED = new Set([...APPLICATION_EVENT_TYPES, ...CANARY_EVENT_TYPES]);

const isCanary = ({ stream }: StoredEvent) => stream.startsWith(CANARY_STREAM);

/** A step of an imported log: what it says of whose turn it is changes no timer, and there are very many of them. */
const isImportedStep = ({ type, data }: StoredEvent) =>
  type === 'StepRecorded' && (data as Recorded<StepRecorded>['data']).source !== null;

/** The timers of every application under these tables; other tables are another version, filled from the log. */
export function timersUnder(tables: Tables): Projection {
  return {
    name: 'timers',
    version: tableVersion(4, tables.calendar.version, tables.settings.version),
    model: timers.model,
    indexes: {
      due: { equals: ['armed'], range: 'nextAt', present: 'nextAt' },
      noticed: { equals: ['to'], range: 'noticedAt' },
    },
    tallies: [],
    handles: (type) => HANDLED.has(type),
    keys(event) {
      if (isCanary(event)) return [event.stream];
      return isImportedStep(event) ? [] : [event.stream.slice(APPLICATION_STREAM.length)];
    },
    fold(document, event, id) {
      return isCanary(event)
        ? canaryTimers(document as TimersDocument | null, event as Recorded<CanaryEvent>, id)
        : caseTimers(document as TimersDocument | null, event as Recorded<ApplicationEvent>, id, tables);
    },
  };
}

function caseTimers(
  document: TimersDocument | null,
  event: Recorded<ApplicationEvent>,
  id: string,
  tables: Tables,
): TimersDocument & Document {
  if (document?.application === null) return document;
  try {
    return currentTimers(document, event, id, tables);
  } catch (error) {
    // One damaged application must not end the watch over all the others by stopping the projection.
    const message = error instanceof Error ? error.message : String(error);
    const broken: BrokenTimer = { name: 'broken', message, at: event.metadata.recordedAt };
    return planned(id, event.stream, [broken], EMPTY_TIMERS);
  }
}

const EMPTY_TIMERS: Known = { dueUnder: null, application: null, canary: null, notices: [] };

function currentTimers(
  before: TimersDocument | null,
  event: Recorded<ApplicationEvent>,
  id: string,
  tables: Tables,
): TimersDocument {
  const old = before?.application ?? ABSENT;
  const state = evolve(old, event);
  // What an imported log says is history, even if it promises no end.
  if (!isWatched(state) || isImported(event.metadata)) return planned(id, event.stream, [], EMPTY_TIMERS);
  const notices = noticesAfter(before?.notices ?? [], event, state);
  const dueUnder = dueUnderAfter(
    before?.dueUnder ?? null,
    event,
    old.at !== 'absent' && old.due === state.due,
  );
  const known = { ...EMPTY_TIMERS, dueUnder, application: state, notices };
  if (before !== null && timersUnaffected(old, state)) return planned(id, event.stream, before.timers, known);
  const due = dueUnder === tables.calendar.version ? state.due : null;
  return planned(id, event.stream, timersOf(state, tables, due), known);
}

/**
 * The calendar that the due dates of an application rest on after an event; null where they are to be derived. An event that leaves
 * them as they were leaves their calendar too, even where it repeats them, as a warning does.
 */
function dueUnderAfter(
  before: string | null,
  event: Recorded<ApplicationEvent>,
  isDueUntouched: boolean,
): string | null {
  if (changesDueDates(event)) return null;
  return isDueUntouched ? before : event.metadata.calendarVersion;
}

/** Whether an event left everything unchanged that timers are computed from; `evolve` keeps what it does not change. */
function timersUnaffected(before: ApplicationState, after: Application): boolean {
  return (
    before.at === after.at &&
    before.due === after.due &&
    before.clock === after.clock &&
    before.level === after.level &&
    before.deficiency === after.deficiency &&
    before.consultation === after.consultation &&
    before.validUntil === after.validUntil &&
    before.announcedEnds === after.announcedEnds &&
    before.usedOn === after.usedOn &&
    before.renewal === after.renewal &&
    before.postponements === after.postponements &&
    before.lapsedOn === after.lapsedOn &&
    before.stop === after.stop &&
    before.department === after.department &&
    before.holder?.department === after.holder?.department
  );
}

type Known = Pick<TimersDocument, 'dueUnder' | 'application' | 'canary' | 'notices'>;

function canaryTimers(
  document: TimersDocument | null,
  event: Recorded<CanaryEvent>,
  id: string,
): TimersDocument & Document {
  const canary = evolveCanary(document?.canary ?? canaryDecider.initial, event);
  const timers =
    canary.at === 'absent'
      ? []
      : canary.left.map((rung): CanaryTimer => ({ name: 'canary', rung, at: canary.releasedAt }));
  return planned(id, event.stream, timers, { ...EMPTY_TIMERS, canary });
}

function planned(
  id: string,
  stream: string,
  timers: TimersDocument['timers'],
  known: Known,
): TimersDocument & Document {
  const nextAt = timers[0]?.at ?? null;
  const { notices } = known;
  const to = [...new Set(notices.flatMap((notice) => notice.to))];
  const noticedAt = notices.at(-1)?.occurredAt ?? null;
  return { id, stream, armed: nextAt !== null, nextAt, timers, ...known, to, noticedAt };
}
