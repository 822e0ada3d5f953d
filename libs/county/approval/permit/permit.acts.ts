import { REMEDIES, cited, licensing } from '#libs/law/citations';
import { defined } from '#libs/engine/event-sourcing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { reasonsAreOwed } from '../core/reasons.rules.js';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type Id } from '../core/terms.js';
import {
  type AmendPermit,
  type ApplyForRenewal,
  type CancelPermit,
  type PermitCommand,
  type PostponeUse,
  type RecallPermit,
  type RefuseRenewal,
  type RenewPermit,
  type ReportPermitUse,
  type UseFacts,
  type RevokePermit,
} from './permit.commands.js';
import {
  CANCELLATION_GROUNDS,
  type PermitAmended,
  type PermitCancelled,
  type PermitEndAnnounced,
  type PermitEndCause,
  type PermitEvent,
  type PermitIssued,
  type PermitLapsed,
  type PermitRecalled,
  type PermitRenewalApplied,
  type PermitRenewalRefused,
  type PermitRenewed,
  type PermitRevoked,
  type PermitUsed,
  type PermitUsePostponed,
  REVOCATION_GROUNDS,
} from './permit.events.js';
import {
  breachMustBeFound,
  cancellationMustRest,
  compensationMustFit,
  lastDayMustBeAhead,
  permitMustBeGranted,
  permitMustEnd,
  permitMustNotHaveLapsed,
  postponementMustBeLawful,
  publicMustNotBeHarmed,
  renewalMustBeApplied,
  renewalMustBeAppliedInTime,
  renewalMustProlong,
  useMustBePossible,
  type WithCheckedCommitment,
} from './permit.rules.js';
import { lastDayOfUse, permitEnds, type PermitEndTimer } from './permit-ends.js';
import { worksMayBegin } from './works.rules.js';
import { isAnnounced, type WithPermit } from './permit.state.js';

type Granted = SubmittedApplication & WithPermit & WithCheckedCommitment;

/** The permit that an approval with a term of validity issues. */
export function issue(
  { application, project, permit }: Id & { readonly permit: string | null },
  validUntil: string,
  at: string,
): PermitIssued {
  lastDayMustBeAhead(application, validUntil, at);
  return { type: 'PermitIssued', version: 1, data: { application, project, permit, validUntil } };
}

function amend(state: Granted, command: AmendPermit): PermitAmended {
  const { change, reason, permit = null } = command;
  permitMustBeGranted(state);
  permitMustNotHaveLapsed(state);
  return { type: 'PermitAmended', version: 1, data: { ...idOf(state), change, reason, permit } };
}

function renew(state: Granted, { validUntil, reason, meta }: RenewPermit): PermitRenewed {
  permitMustBeGranted(state);
  permitMustNotHaveLapsed(state);
  permitMustEnd(state);
  lastDayMustBeAhead(state.application, validUntil, meta.occurredAt);
  renewalMustProlong(state, validUntil, meta.occurredAt);
  return {
    type: 'PermitRenewed',
    version: 1,
    data: { ...idOf(state), validUntil, before: state.validUntil ?? null, reason },
  };
}

function applyForRenewal(state: Granted, command: ApplyForRenewal): PermitRenewalApplied {
  const { validUntil, reason, meta } = command;
  permitMustBeGranted(state);
  permitMustNotHaveLapsed(state);
  lastDayMustBeAhead(state.application, validUntil, meta.occurredAt);
  const before = renewalMustBeAppliedInTime(state, validUntil, meta.occurredAt);
  return { type: 'PermitRenewalApplied', version: 1, data: { ...idOf(state), validUntil, before, reason } };
}

function refuseRenewal(state: Granted, command: RefuseRenewal): PermitRenewalRefused {
  const { article, reason, remedies } = command;
  permitMustBeGranted(state);
  renewalMustBeApplied(state);
  reasonsAreOwed(command);
  return {
    type: 'PermitRenewalRefused',
    version: 1,
    data: { ...idOf(state), article, reason, remedies: remedies ?? REMEDIES },
  };
}

function postpone(calendar: WorkingCalendar, state: Granted, command: PostponeUse): PermitUsePostponed {
  const { months, reason } = command;
  permitMustBeGranted(state);
  permitMustNotHaveLapsed(state);
  const rule = postponementMustBeLawful(state, months);
  const postponements = [...(state.postponements ?? []), months];
  const lastDay = lastDayOfUse(calendar, { ...state, postponements }, rule.months);
  return {
    type: 'PermitUsePostponed',
    version: 1,
    data: { ...idOf(state), months, round: postponements.length, lastDay, reason, article: rule.article },
  };
}

/** 视为准予延续, or 自行废止, where what the timer was computed from still stands. */
export function permitEndDue(
  calendar: WorkingCalendar,
  state: Granted,
  timer: PermitEndTimer,
): readonly (PermitRenewed | PermitLapsed)[] {
  const end = permitEnds(calendar, state).find(
    ({ timer: { name, since, at } }) => name === timer.name && since === timer.since && at === timer.at,
  );
  if (end === undefined) return [];
  if (end.by === 'lapse') {
    const { lastDay } = end.timer;
    const { article } = end.use;
    return [{ type: 'PermitLapsed', version: 1, data: { ...idOf(state), lastDay, article } }];
  }
  return [
    {
      type: 'PermitRenewed',
      version: 1,
      data: {
        ...idOf(state),
        validUntil: end.renewal.validUntil,
        before: state.validUntil ?? null,
        reason: '逾期未作决定，视为准予延续',
        deemed: true,
      },
    },
  ];
}

function use(state: Granted, { on, note, meta }: ReportPermitUse, { missing }: UseFacts): PermitUsed {
  permitMustBeGranted(state);
  worksMayBegin(state.application, missing);
  useMustBePossible(state, on, meta);
  return { type: 'PermitUsed', version: 1, data: { ...idOf(state), on, note: note ?? null } };
}

function recall(state: Granted, { ground, reason, compensation }: RecallPermit): PermitRecalled {
  permitMustBeGranted(state);
  return {
    type: 'PermitRecalled',
    version: 1,
    data: { ...idOf(state), ground, article: cited(licensing(8)), reason, compensation },
  };
}

function revoke(state: Granted, command: RevokePermit): PermitRevoked {
  const { ground, reason, remedies, compensation, finding } = command;
  permitMustBeGranted(state);
  breachMustBeFound(state, ground);
  publicMustNotBeHarmed(state.application, command);
  compensationMustFit(state.application, command);
  const article = cited(REVOCATION_GROUNDS[ground]);
  return {
    type: 'PermitRevoked',
    version: 1,
    data: {
      ...idOf(state),
      ground,
      article,
      reason,
      remedies: remedies ?? REMEDIES,
      ...defined({ compensation, finding }),
    },
  };
}

function cancel(state: Granted, { ground, reason, meta }: CancelPermit): PermitCancelled {
  permitMustBeGranted(state);
  cancellationMustRest(state, ground, meta.occurredAt);
  const article = cited(CANCELLATION_GROUNDS[ground]);
  return { type: 'PermitCancelled', version: 1, data: { ...idOf(state), ground, article, reason } };
}

/** The end of a permit that time brings about. `since`: the delivery that it was computed from. */
export type PermitEnd = {
  readonly cause: PermitEndCause;
  readonly since: string;
  /** Last legal day on which the permit holds, or may first be used. */
  readonly lastDay: string;
  readonly article: string;
};

/**
 * A permit that came to its end some other way, was renewed or used in time, or of whose end the holder knows, is not
 * announced.
 */
export function announceEnd(
  state: Granted,
  { cause, since, lastDay, article }: PermitEnd,
): readonly PermitEndAnnounced[] {
  if (state.at !== 'delivered' || state.outcome !== 'granted' || state.since !== since) return [];
  if (cause === 'validity' && state.validUntil !== lastDay) return [];
  if (cause === 'use' && state.usedOn !== undefined) return [];
  if (isAnnounced(state, { cause, lastDay })) return [];
  return [{ type: 'PermitEndAnnounced', version: 1, data: { ...idOf(state), cause, lastDay, article } }];
}

export const PERMIT_DECISIONS: Decide<PermitCommand, PermitEvent, Granted> = {
  AmendPermit: (state, command) => [amend(state, command)],
  RenewPermit: (state, command) => [renew(state, command)],
  ApplyForRenewal: (state, command) => [applyForRenewal(state, command)],
  RefuseRenewal: (state, command) => [refuseRenewal(state, command)],
  PostponeUse: (state, command, calendar) => [postpone(calendar, state, command)],
  ReportPermitUse: (state, command, _, facts) => [use(state, command, facts)],
  RecallPermit: (state, command) => [recall(state, command)],
  RevokePermit: (state, command) => [revoke(state, command)],
  CancelPermit: (state, command) => [cancel(state, command)],
};
