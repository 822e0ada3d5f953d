import { projection, type Recorded } from '#libs/engine/event-sourcing';
import {
  type AgendaItem,
  type AgendaItemResolved,
  type Attendant,
  type CarriedItem,
  type JointReviewConvened,
  type SessionEvent,
} from './session.events.js';

/** How far a joint review is. */
export type SessionStatus = 'scheduled' | 'convened' | 'open' | 'closed' | 'missed';

/** What was resolved on an item, by whom and when it was written down. */
type Resolution = Omit<AgendaItemResolved['data'], 'session' | 'application'> & {
  readonly recordedBy: string;
  readonly at: string;
  /** What its department says was done; null while nothing was said. */
  readonly report: {
    readonly text: string;
    readonly by: string;
    readonly at: string;
    readonly late: boolean;
  } | null;
};

export type SessionItem = AgendaItem & { readonly resolution: Resolution | null };

/** One joint review session (联审联办) with its agenda and what came of it. Instants are ISO 8601 in UTC. */
export type SessionDocument = {
  readonly id: string;
  readonly status: SessionStatus;
  /** The day of the schedule that it is for; null for an additional one. */
  readonly nominalDay: string | null;
  /** The legal day on which it is held. */
  readonly day: string;
  readonly agenda: readonly SessionItem[];
  /** Departments that have an application on the agenda or are responsible for a resolution. */
  readonly departments: readonly string[];
  /** The moment at which the applications stood as the agenda says; null before there is one. */
  readonly asOf: string | null;
  readonly more: boolean;
  readonly carriedFrom: string | null;
  readonly settled: readonly CarriedItem[];
  readonly convenedAt: string | null;
  readonly openedAt: string | null;
  readonly chair: string | null;
  readonly attendance: readonly Attendant[];
  readonly absent: readonly string[];
  /** When it was closed, or found to be missed. */
  readonly endedAt: string | null;
  readonly note: string | null;
  /** What went to the next agenda; empty before the session ended. */
  readonly carriedOver: readonly CarriedItem[];
  readonly revision: string;
};

const NEW = {
  agenda: [],
  departments: [],
  asOf: null,
  more: false,
  carriedFrom: null,
  settled: [],
  convenedAt: null,
  openedAt: null,
  chair: null,
  attendance: [],
  absent: [],
  endedAt: null,
  note: null,
  carriedOver: [],
} as const;

const concerned = (agenda: readonly SessionItem[]): readonly string[] =>
  [...new Set(agenda.flatMap(({ department, resolution }) => [department, resolution?.department ?? null]))]
    .filter((department) => department !== null)
    .sort();

function convened({ data, metadata, revision }: Recorded<JointReviewConvened>): SessionDocument {
  const { session, agenda: items, ...rest } = data;
  const agenda = items.map((item) => ({ ...item, resolution: null }));
  return {
    ...NEW,
    ...rest,
    id: session,
    status: 'convened',
    agenda,
    departments: concerned(agenda),
    convenedAt: metadata.recordedAt,
    revision: revision.toString(),
  };
}

/** Joint review sessions, found by day, by how far they are, by the departments concerned, and in the order of being convened. */
export const sessions = projection<SessionDocument, SessionEvent>({
  name: 'sessions',
  version: 2,
  model: 'sessions',
  indexes: {
    all: { equals: [], range: 'day' },
    status: { equals: ['status'], range: 'day' },
    department: { equals: ['departments'], range: 'day' },
    schedule: { equals: [], range: 'nominalDay' },
    convened: { equals: [], range: 'convenedAt' },
  },
  keys: (event) => [event.data.session],
  create: {
    JointReviewScheduled: ({ data: { session, nominalDay, day }, revision }) => ({
      ...NEW,
      id: session,
      status: 'scheduled',
      nominalDay,
      day,
      revision: revision.toString(),
    }),
    JointReviewConvened: convened,
  },
  update: {
    JointReviewConvened: (_, event) => convened(event),
    JointReviewOpened: (document, { data: { chair, attendance, absent }, metadata, revision }) => ({
      ...document,
      status: 'open',
      openedAt: metadata.occurredAt,
      chair,
      attendance,
      absent,
      revision: revision.toString(),
    }),
    AgendaItemResolved: (document, { data, metadata, revision }) => {
      const { session: _, application, ...resolved } = data;
      const { actor, occurredAt: at } = metadata;
      const resolution = { ...resolved, recordedBy: actor.person, at, report: null };
      const agenda = document.agenda.map((item) =>
        item.application === application ? { ...item, resolution } : item,
      );
      return { ...document, agenda, departments: concerned(agenda), revision: revision.toString() };
    },
    ResolutionReported: (document, { data, metadata, revision }) => {
      const { application, report: text, late } = data;
      const report = { text, by: metadata.actor.person, at: metadata.occurredAt, late };
      const agenda = document.agenda.map((item) =>
        item.application === application && item.resolution !== null
          ? { ...item, resolution: { ...item.resolution, report } }
          : item,
      );
      return { ...document, agenda, revision: revision.toString() };
    },
    JointReviewClosed: (document, { data: { note, carriedOver }, metadata, revision }) => ({
      ...document,
      status: 'closed',
      endedAt: metadata.occurredAt,
      note,
      carriedOver,
      revision: revision.toString(),
    }),
    JointReviewMissed: (document, { data: { carriedOver }, metadata, revision }) => ({
      ...document,
      status: 'missed',
      endedAt: metadata.occurredAt,
      carriedOver,
      revision: revision.toString(),
    }),
  },
});
