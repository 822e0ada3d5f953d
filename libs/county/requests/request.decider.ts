import { addWorkingDays, dayOf, endOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { type Decider, impossible } from '#libs/engine/event-sourcing';
import { type RequestTerms } from './request-terms.js';
import { type RaiseRequest, type RequestCommand } from './request.commands.js';
import { type RequestEvent, type RequestRaised } from './request.events.js';
import * as rules from './request.rules.js';
import { type RequestState } from './request.state.js';

export type RequestTables = { readonly calendar: WorkingCalendar; readonly terms: RequestTerms };

function raised({ calendar, terms }: RequestTables, command: RaiseRequest): RequestRaised {
  const { id: request, department, urgency, text, meta } = command;
  const applicant = rules.askerOf(meta);
  rules.departmentMustExist(command);
  const days = terms.answerWithinWorkingDays[urgency];
  const answerBy = endOfDay(addWorkingDays(calendar, dayOf(meta.now), days));
  return {
    type: 'RequestRaised',
    version: 1,
    data: { request, applicant, department, urgency, text, answerBy },
  };
}

function decideWith(
  tables: RequestTables,
  state: RequestState,
  command: RequestCommand,
): readonly RequestEvent[] {
  if (command.type === 'RaiseRequest') {
    rules.mustBeNew(state, command.id);
    return [raised(tables, command)];
  }
  const known = rules.mustBeKnown(state, command.id);
  const { request, department, answerBy } = known;
  switch (command.type) {
    case 'AnswerRequest': {
      rules.answererMustBeCompetent(known, command);
      rules.mustBeUnanswered(known);
      const late = command.meta.now > answerBy;
      const data = { request, department, answer: command.answer, late };
      return [{ type: 'RequestAnswered', version: 1, data }];
    }
    case 'RateRequest': {
      rules.raterMustBeTheAsker(known, command.meta);
      rules.mustBeAnsweredAndUnrated(known);
      const { helped, comment = null } = command;
      return [{ type: 'RequestRated', version: 1, data: { request, department, helped, comment } }];
    }
    case 'MarkRequestOverdue': {
      const isDue = known.at === 'open' && !known.overdue && command.meta.now > answerBy;
      if (!isDue) return [];
      return [{ type: 'RequestOverdue', version: 1, data: { request, department, answerBy } }];
    }
    default:
      return impossible(command);
  }
}

/** The rules of one request: raised, answered by its department, rated by the asker; past its day it is overdue, once. */
export function requestDecider(tables: RequestTables): Decider<RequestState, RequestCommand, RequestEvent> {
  return {
    initial: { at: 'absent' },
    decide: (state, command) => decideWith(tables, state, command),
    evolve(state, event) {
      if (event.type === 'RequestRaised') {
        if (state.at !== 'absent') throw new Error(`${event.stream}: RequestRaised a second time`);
        const { request, applicant, department, answerBy } = event.data;
        return { at: 'open', request, applicant, department, answerBy, overdue: false };
      }
      if (state.at === 'absent') throw new Error(`${event.stream}: ${event.type} before RequestRaised`);
      switch (event.type) {
        case 'RequestAnswered':
          return { ...state, at: 'answered' };
        case 'RequestRated':
          return { ...state, at: 'rated' };
        case 'RequestOverdue':
          return { ...state, overdue: true };
        default:
          return impossible(event);
      }
    },
  };
}
