import { calendarOf } from '#libs/law/calendar';
import { type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import { actor, type CommandWithFacts, deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type Agenda, type SessionCommand } from '../session.commands.js';
import { sessionDecider } from '../session.decider.js';
import { type AgendaItem, type SessionEvent } from '../session.events.js';
import { type SessionSchedule } from '../session.schedule.js';

const schedule: SessionSchedule = {
  version: '2026.1',
  days: [1, 16],
  shift: 'next-working-day',
  agendaLimit: 100,
};
// The 16th of August 2026 is a Sunday: the session is held on Monday the 17th.
export const spec = deciderSpec(sessionDecider({ calendar: calendarOf({ version: 'weekends' }), schedule }), {
  facts: {
    ConveneJointReview: ['agenda'],
    OpenJointReview: ['unknown'],
    ResolveAgendaItem: ['unknown', 'ended'],
  },
});
export const SESSION = '2026-08-16';
export const DAY = '2026-08-17';
export const MORNING = '2026-08-17T01:00:00.000Z';
const office = actor('demo-campaign', 'campaign-office', 'campaign-office');
export const at = (now: string, by: Actor = office): Partial<CommandMeta> => ({
  actor: by,
  now,
  occurredAt: now,
});

const item = (application: string, over: Partial<AgendaItem> = {}): AgendaItem => ({
  application,
  project: 'p1',
  projectName: '冷库',
  matter: 'GC-02',
  department: 'natural-resources',
  reasons: ['stalled'],
  cause: 'reviewer-idle',
  dueAt: null,
  dispute: null,
  evidence: [
    { event: 'e1', position: '7', type: 'ReviewerAssigned', occurredAt: '2026-07-01T01:00:00.000Z' },
  ],
  carryCount: 0,
  ...over,
});
const mill = item('p1-GC-02', { carryCount: 1 });
const dam = item('p2-GC-02', { department: 'water' });
export const agenda: Agenda = {
  items: [mill, dam],
  asOf: '2026-08-16T16:00:01.000Z',
  more: false,
  carriedFrom: '2026-08-01',
  settled: [{ application: 'p3-GC-02', carryCount: 1 }],
};

export type Bare = CommandWithFacts<SessionCommand>;
export const toOpen = (now = MORNING, unknown: readonly string[] = []): Bare => ({
  type: 'OpenJointReview',
  id: SESSION,
  chair: '赵县长',
  attendance: [{ department: 'natural-resources', person: 'demo-head' }],
  unknown,
  meta: at(now),
});

export const scheduled: Extract<SessionEvent, { type: 'JointReviewScheduled' }> = {
  type: 'JointReviewScheduled',
  version: 1,
  data: { session: SESSION, nominalDay: SESSION, day: DAY, schedule: '2026.1' },
};
export const { items, ...rest } = agenda;
export const convened: Extract<SessionEvent, { type: 'JointReviewConvened' }> = {
  type: 'JointReviewConvened',
  version: 1,
  data: { session: SESSION, nominalDay: SESSION, day: DAY, agenda: items, ...rest },
};
export const opened: Extract<SessionEvent, { type: 'JointReviewOpened' }> = {
  type: 'JointReviewOpened',
  version: 1,
  data: {
    session: SESSION,
    chair: '赵县长',
    attendance: [{ department: 'natural-resources', person: 'demo-head' }],
    absent: ['water'],
  },
};
export const resolved: Extract<SessionEvent, { type: 'AgendaItemResolved' }> = {
  type: 'AgendaItemResolved',
  version: 1,
  data: {
    session: SESSION,
    application: 'p1-GC-02',
    resolution: '三个工作日内出具审查意见',
    department: 'natural-resources',
    lastDay: '2026-08-20',
    dueAt: '2026-08-20T16:00:00.000Z',
    article: null,
  },
};
export const closed: Extract<SessionEvent, { type: 'JointReviewClosed' }> = {
  type: 'JointReviewClosed',
  version: 1,
  data: { session: SESSION, note: '第三次', carriedOver: [{ application: 'p2-GC-02', carryCount: 1 }] },
};
