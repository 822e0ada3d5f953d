import { dayOf, endOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { decideBy, type Decider, impossible } from '#libs/engine/event-sourcing';
import {
  type Agenda,
  type ConveneJointReview,
  type ItemFacts,
  type OpenJointReview,
  type ReportResolution,
  type ResolveAgendaItem,
  type SessionCommand,
} from './session.commands.js';
import { type AgendaItemResolved, type SessionEvent } from './session.events.js';
import * as rules from './session.rules.js';
import { heldOn, type SessionSchedule } from './session.schedule.js';
import { type Resolved, type SessionState } from './session.state.js';

export interface SessionTables {
  readonly calendar: WorkingCalendar;
  readonly schedule: SessionSchedule;
}

/** A session of the schedule is held on the day that today's calendar gives, whatever it gave when it was scheduled. */
function convene(
  { calendar, schedule }: SessionTables,
  state: SessionState,
  command: ConveneJointReview,
  agenda: Agenda,
): SessionEvent[] {
  const { id: session, meta } = command;
  rules.idMustBeFree(state, session, meta);
  if (state.at !== 'scheduled') rules.mustNotBePast(command.day, meta);
  const nominalDay = state.at === 'scheduled' ? state.nominalDay : null;
  const day = nominalDay === null ? command.day : heldOn(schedule, calendar, nominalDay);
  const { items, ...rest } = agenda;
  return [
    {
      type: 'JointReviewConvened',
      version: 1,
      data: { session, nominalDay, day, agenda: items, ...rest },
    },
  ];
}

function open(
  state: SessionState,
  { id, chair, attendance, meta }: OpenJointReview,
  unknown: readonly string[],
): SessionEvent {
  const { session, agenda } = rules.mustBeDueToday(state, id, meta);
  rules.departmentsMustExist(unknown);
  const there = attendance.map(({ department, person }) => ({ department, person }));
  const concerned = new Set(agenda.flatMap(({ department }) => department ?? []));
  const absent = [...concerned].filter((one) => there.every(({ department }) => department !== one)).sort();
  return {
    type: 'JointReviewOpened',
    version: 1,
    data: { session, chair, attendance: there, absent },
  };
}

function resolve(state: SessionState, command: ResolveAgendaItem, facts: ItemFacts): SessionEvent {
  const { id, application, resolution, department, lastDay, article = null, meta } = command;
  const current = rules.mustBeOpen(state, id);
  rules.itemMustBeUnresolved(current, application);
  rules.caseMustGoOn(id, application, facts);
  rules.departmentsMustExist(facts.unknown);
  rules.mustNotBePast(lastDay, meta);
  const { session } = current;
  const dueAt = endOfDay(lastDay);
  return {
    type: 'AgendaItemResolved',
    version: 1,
    data: { session, application, resolution, department, lastDay, dueAt, article },
  };
}

function report(
  state: SessionState,
  { id, application, report: done, meta }: ReportResolution,
): SessionEvent {
  const { session, department, dueAt } = rules.mustBeResolved(state, id, application);
  rules.mayReport({ application, department }, meta);
  const late = meta.occurredAt >= dueAt;
  return {
    type: 'ResolutionReported',
    version: 1,
    data: { session, application, department, report: done, late },
  };
}

function resolvedBy({ data: { application, department, dueAt } }: AgendaItemResolved): Resolved {
  return { application, department, dueAt, reported: false };
}

/** The rules of one joint review session (联审联办): scheduled, convened, opened on its day or missed, closed. */
export function sessionDecider(tables: SessionTables): Decider<SessionState, SessionCommand, SessionEvent> {
  return {
    initial: { at: 'absent' },

    decide: decideBy({
      ScheduleJointReview(state, { id: session, nominalDay }) {
        if (state.at !== 'absent') return [];
        const day = heldOn(tables.schedule, tables.calendar, nominalDay);
        const schedule = tables.schedule.version;
        return [{ type: 'JointReviewScheduled', version: 1, data: { session, nominalDay, day, schedule } }];
      },
      ConveneJointReview: (state, command, { agenda }) => convene(tables, state, command, agenda),
      OpenJointReview: (state, command, { unknown }) => [open(state, command, unknown)],
      ResolveAgendaItem: (state, command, facts) => [resolve(state, command, facts)],
      ReportResolution: (state, command) => [report(state, command)],
      CloseJointReview(state, { id: session, note = null }) {
        const { agenda, resolved } = rules.mustBeOpen(state, session);
        const carriedOver = rules.unresolved(agenda, resolved);
        return [{ type: 'JointReviewClosed', version: 1, data: { session, note, carriedOver } }];
      },
      MarkJointReviewMissed(state, { id: session, meta }) {
        if (state.at !== 'convened' || dayOf(meta.now) <= state.day) return [];
        const carriedOver = rules.unresolved(state.agenda, state.resolved);
        return [{ type: 'JointReviewMissed', version: 1, data: { session, day: state.day, carriedOver } }];
      },
    }),

    evolve(state, event) {
      const damaged = () => new Error(`${event.stream}: ${event.type} while it is ${state.at}`);
      switch (event.type) {
        case 'JointReviewScheduled': {
          if (state.at !== 'absent') throw damaged();
          const { session, nominalDay } = event.data;
          return { at: 'scheduled', session, nominalDay };
        }
        case 'JointReviewConvened': {
          if (state.at !== 'absent' && state.at !== 'scheduled') throw damaged();
          const { session, nominalDay, day, agenda } = event.data;
          return { at: 'convened', session, nominalDay, day, agenda, resolved: [] };
        }
        case 'JointReviewOpened':
          if (state.at !== 'convened') throw damaged();
          return { ...state, at: 'open' };
        case 'AgendaItemResolved':
          if (state.at !== 'open') throw damaged();
          return { ...state, resolved: [...state.resolved, resolvedBy(event)] };
        case 'ResolutionReported': {
          if (state.at !== 'open' && state.at !== 'closed') throw damaged();
          const { application } = event.data;
          const resolved = state.resolved.map((one) =>
            one.application === application ? { ...one, reported: true } : one,
          );
          return { ...state, resolved };
        }
        case 'JointReviewClosed':
          if (state.at !== 'open') throw damaged();
          return { ...state, at: 'closed' };
        case 'JointReviewMissed':
          if (state.at !== 'convened') throw damaged();
          return { ...state, at: 'missed' };
        default:
          return impossible(event);
      }
    },
  };
}
