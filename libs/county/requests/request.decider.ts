import { addWorkingDays, dayOf, endOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { decideBy, type Decider, type Decisions, impossible } from '#libs/engine/event-sourcing';
import { type RequestTerms } from './request-terms.js';
import { type RaiseRequest, type RequestCommand, type RequestFacts } from './request.commands.js';
import { type RequestEvent, type RequestRaised, type RequestState } from './request.events.js';
import * as rules from './request.rules.js';

export type RequestTables = { readonly calendar: WorkingCalendar; readonly terms: RequestTerms };

function raised(
  { calendar, terms }: RequestTables,
  command: RaiseRequest,
  facts: RequestFacts,
): RequestRaised {
  const { id: request, department, urgency, text, meta } = command;
  const applicant = rules.askerOf(meta);
  rules.departmentMustExist(command, facts);
  const days = terms.answerWithinWorkingDays[urgency];
  const answerBy = endOfDay(addWorkingDays(calendar, dayOf(meta.now), days));
  return {
    type: 'RequestRaised',
    version: 1,
    data: { request, applicant, department, urgency, text, answerBy },
  };
}

const decisions = (tables: RequestTables): Decisions<RequestState, RequestCommand, RequestEvent> => ({
  RaiseRequest(state, command, facts) {
    rules.mustBeNew(state, command.id);
    return [raised(tables, command, facts)];
  },
  AnswerRequest(state, command, facts) {
    const known = rules.mustBeKnown(state, command.id);
    const { request, department, answerBy } = known;
    rules.answererMustBeCompetent(known, command, facts);
    rules.mustBeUnanswered(known);
    const late = command.meta.now > answerBy;
    const data = { request, department, answer: command.answer, late };
    return [{ type: 'RequestAnswered', version: 1, data }];
  },
  RateRequest(state, command) {
    const known = rules.mustBeKnown(state, command.id);
    const { request, department } = known;
    rules.raterMustBeTheAsker(known, command.meta);
    rules.mustBeAnsweredAndUnrated(known);
    const { helped, comment = null } = command;
    return [{ type: 'RequestRated', version: 1, data: { request, department, helped, comment } }];
  },
  MarkRequestOverdue(state, command) {
    const known = rules.mustBeKnown(state, command.id);
    const { request, department, answerBy } = known;
    const isDue = known.at === 'open' && !known.overdue && command.meta.now > answerBy;
    if (!isDue) return [];
    return [{ type: 'RequestOverdue', version: 1, data: { request, department, answerBy } }];
  },
});

/** The rules of one request: raised, answered by its department, rated by the asker; past its day it is overdue, once. */
export function requestDecider(tables: RequestTables): Decider<RequestState, RequestCommand, RequestEvent> {
  return {
    initial: { at: 'absent' },
    decide: decideBy(decisions(tables)),
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
