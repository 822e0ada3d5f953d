import {
  type ApplicationCommand,
  applicationDecider,
  type ApplicationEvent,
  type ApplicationState,
  type Opening,
} from '#libs/approval';
import { type WorkingCalendar } from '#libs/calendar';
import { type Actor, type StoredEvent } from '#libs/event-sourcing';
import { type BareCommand, playCommands } from '#libs/event-sourcing-testing';

type Bare = BareCommand<ApplicationCommand>;

export const applicant: Actor = { person: 'li', post: null, department: null, role: 'applicant' };
export const window: Actor = {
  person: 'wang',
  post: '窗口',
  department: 'natural-resources',
  role: 'window',
};
export const head: Actor = {
  person: 'sun',
  post: '局长',
  department: 'natural-resources',
  role: 'department-head',
};

export const opening = (overrides: Partial<Opening> = {}): Opening => ({
  project: 'p1',
  projectName: '冷库',
  region: '210521',
  matter: 'GC-02',
  matterName: '建设工程规划许可证核发',
  matterVersion: 1,
  department: 'natural-resources',
  applicant: 'li',
  terms: {
    statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
    promised: { days: 5, unit: 'working-day', start: 'acceptance' },
    basis: '城乡规划法 Art. 40',
    verified: true,
  },
  prerequisites: [],
  ...overrides,
});

const by = (actor: Actor, at: string) => ({ actor, now: at, occurredAt: at });

/** Acts of people on one application, each at an instant. */
export const acts = (id: string) => ({
  submit: (at: string, given: Partial<Opening> = {}, promisedEnd: string | null = null): Bare => ({
    type: 'SubmitApplication',
    id,
    opening: opening(given),
    promisedEnd,
    meta: by(applicant, at),
  }),
  accept: (at: string): Bare => ({ type: 'AcceptApplication', id, meta: by(window, at) }),
  assign: (at: string): Bare => ({
    type: 'AssignReviewer',
    id,
    person: 'zhao',
    post: '审查岗',
    meta: by(head, at),
  }),
  step: (at: string, source: string | null = null): Bare => ({
    type: 'RecordStep',
    id,
    step: '现场踏勘',
    source,
    meta: by(head, at),
  }),
  suspend: (at: string): Bare => ({
    type: 'SuspendClock',
    id,
    cause: 'hearing',
    notice: '1号',
    days: 5,
    meta: by(head, at),
  }),
  escalate: (at: string): Bare => ({
    type: 'EscalateApplication',
    id,
    reason: '久拖不决',
    meta: by(applicant, at),
  }),
  approve: (at: string): Bare => ({ type: 'ApproveApplication', id, missing: [], meta: by(head, at) }),
  deliver: (at: string): Bare => ({ type: 'DeliverDecision', id, meta: by(window, at) }),
});

/** What acts come to, all of them allowed. */
export function played(
  calendar: WorkingCalendar,
  ...commands: readonly Bare[]
): { readonly state: ApplicationState; readonly events: readonly (StoredEvent & ApplicationEvent)[] } {
  const { state, events, refusals } = playCommands(applicationDecider({ calendar }), commands);
  if (refusals[0]) throw refusals[0];
  return { state, events };
}
