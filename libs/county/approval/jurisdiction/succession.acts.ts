import {
  consultationAfterSuccession,
  openConsultation,
  type WithConsultation,
} from '../consultation/consultation.state.js';
import { desk, passTo, reviewing } from '../core/attribution.js';
import { type SubmittedApplication } from '../core/facts.js';
import { type Holder } from '../core/holder.js';
import { type TakeOverApplication } from './succession.commands.js';
import { type ApplicationTakenOver } from './succession.events.js';

export function takeOver(
  state: SubmittedApplication & WithConsultation,
  { from, department, meta }: TakeOverApplication,
): ApplicationTakenOver[] {
  if (!isInvolved(state, from)) return [];
  const { application, project } = state;
  const holder = successorHolder(state, from, department);
  const custody = holder === state.holder ? { ended: null, holder } : passTo(state, meta, holder);
  return [
    { type: 'ApplicationTakenOver', version: 1, data: { application, project, from, department, custody } },
  ];
}

/** Whether a department is involved in an application: it decides, its opinion was asked, or it receives for the one that decides. */
function isInvolved(
  { department, consultation, receivedBy = [] }: SubmittedApplication & WithConsultation,
  from: string,
): boolean {
  return department === from || consultation?.asked.includes(from) === true || receivedBy.includes(from);
}

/** The successor's desk if it was the department's turn; the successor names the person anew. */
function successorHolder(
  state: SubmittedApplication & WithConsultation,
  from: string,
  department: string,
): Holder | null {
  const { holder, consultation, dispute } = state;
  if (holder?.department === from) {
    return holder.party === 'department' ? desk(department) : { ...holder, department };
  }
  const waits = openConsultation(state) !== null && dispute === undefined;
  if (holder?.party !== 'inter-department' || consultation === undefined || !waits) return holder;
  // The last awaited opinion may now be the lead's own.
  const after = consultationAfterSuccession(consultation, state.department, { from, department });
  if (openConsultation({ consultation: after }) !== null) return holder;
  return state.department === from ? desk(department) : reviewing(state);
}
