import { BETWEEN_DEPARTMENTS, desk, passTo } from '../core/attribution.js';
import { type SubmittedApplication, isOver } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type AssignJurisdiction, type HoldForDispute } from './disputes.commands.js';
import { type DisputedEvent } from './disputes.events.js';
import { DISPUTED_MESSAGES } from './disputes.messages.js';

const refuse = refusing(DISPUTED_MESSAGES);

/** @throws RuleViolation while a dispute other than `own` is open. */
export function mustNotBeDisputed({ application, dispute }: SubmittedApplication, own: string | null): void {
  if (dispute === undefined || dispute === own) return;
  refuse('application.in-dispute', { application, dispute }, 'state');
}

export function hold(
  state: SubmittedApplication,
  { dispute, departments, reason, meta }: HoldForDispute,
): DisputedEvent[] {
  mustNotBeDisputed(state, dispute);
  // It was withdrawn in the meantime, or the applicant holds it: there is nothing to hold pending the dispute.
  if (isOver(state) || state.holder?.party !== 'department') return [];
  const custody = passTo(state, meta, BETWEEN_DEPARTMENTS);
  const { application, project } = state;
  const data = { application, project, dispute, departments, reason, custody };
  return [{ type: 'ApplicationDisputed', version: 1, data }];
}

export function assign(
  state: SubmittedApplication,
  { dispute, department, reason, meta }: AssignJurisdiction,
): DisputedEvent[] {
  mustNotBeDisputed(state, dispute);
  if (isOver(state)) return [];
  const { application, project } = state;
  return [
    {
      type: 'JurisdictionAssigned',
      version: 1,
      data: {
        application,
        project,
        dispute,
        from: state.department,
        department,
        reason,
        custody: passTo(state, meta, desk(department)),
      },
    },
  ];
}
