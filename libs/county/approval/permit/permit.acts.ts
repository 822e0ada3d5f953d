import { REMEDIES } from '#libs/law/citations';
import { type Timer } from '../application/timers.js';
import { type Existing, idOf } from '../core/facts.js';
import { type ApplicationApproved } from '../decision/decision.events.js';
import {
  type AmendPermit,
  type CancelPermit,
  type RecallPermit,
  type RenewPermit,
  type ReportPermitUse,
  type RevokePermit,
} from './permit.commands.js';
import {
  CANCELLATION_GROUNDS,
  type PermitAmended,
  type PermitCancelled,
  type PermitEndAnnounced,
  type PermitIssued,
  type PermitRecalled,
  type PermitRenewed,
  type PermitRevoked,
  type PermitUsed,
  REVOCATION_GROUNDS,
} from './permit.events.js';
import {
  breachMustBeFound,
  cancellationMustRest,
  lastDayMustBeAhead,
  permitMustBeGranted,
  renewalMustProlong,
  useMustBePossible,
} from './permit.rules.js';
import { isAnnounced } from './permit.state.js';

/** What an approval that says how long it holds issues besides. */
export function issue({ data }: ApplicationApproved, validUntil: string, at: string): PermitIssued {
  const { application, project, permit } = data;
  lastDayMustBeAhead(application, validUntil, at);
  return { type: 'PermitIssued', version: 1, data: { application, project, permit, validUntil } };
}

export function amend(state: Existing, command: AmendPermit): PermitAmended {
  const { change, reason, permit = null } = command;
  permitMustBeGranted(state);
  return { type: 'PermitAmended', version: 1, data: { ...idOf(state), change, reason, permit } };
}

export function renew(state: Existing, { validUntil, reason, meta }: RenewPermit): PermitRenewed {
  permitMustBeGranted(state);
  lastDayMustBeAhead(state.application, validUntil, meta.occurredAt);
  renewalMustProlong(state, validUntil, meta.occurredAt);
  return {
    type: 'PermitRenewed',
    version: 1,
    data: { ...idOf(state), validUntil, before: state.validUntil ?? null, reason },
  };
}

export function use(state: Existing, { on, note, meta }: ReportPermitUse): PermitUsed {
  permitMustBeGranted(state);
  useMustBePossible(state, on, meta);
  return { type: 'PermitUsed', version: 1, data: { ...idOf(state), on, note: note ?? null } };
}

export function recall(state: Existing, { ground, reason, compensation }: RecallPermit): PermitRecalled {
  permitMustBeGranted(state);
  return {
    type: 'PermitRecalled',
    version: 1,
    data: { ...idOf(state), ground, article: '行政许可法 Art. 8', reason, compensation },
  };
}

export function revoke(state: Existing, { ground, reason, remedies }: RevokePermit): PermitRevoked {
  permitMustBeGranted(state);
  breachMustBeFound(state, ground);
  const article = `行政许可法 ${REVOCATION_GROUNDS[ground]}`;
  return {
    type: 'PermitRevoked',
    version: 1,
    data: { ...idOf(state), ground, article, reason, remedies: remedies ?? REMEDIES },
  };
}

export function cancel(state: Existing, { ground, reason, meta }: CancelPermit): PermitCancelled {
  permitMustBeGranted(state);
  cancellationMustRest(state, ground, meta.occurredAt);
  const article = `行政许可法 ${CANCELLATION_GROUNDS[ground]}`;
  return { type: 'PermitCancelled', version: 1, data: { ...idOf(state), ground, article, reason } };
}

/** A permit that came to its end some other way, was renewed or used in time, or of whose end the holder knows, is not announced. */
export function announceEnd(
  state: Existing,
  { cause, since, lastDay, article }: Extract<Timer, { name: 'permit' }>,
): readonly PermitEndAnnounced[] {
  if (state.at !== 'delivered' || state.outcome !== 'granted' || state.since !== since) return [];
  if (cause === 'validity' && state.validUntil !== lastDay) return [];
  if (cause === 'use' && state.usedOn !== undefined) return [];
  if (isAnnounced(state, { cause, lastDay })) return [];
  return [{ type: 'PermitEndAnnounced', version: 1, data: { ...idOf(state), cause, lastDay, article } }];
}
