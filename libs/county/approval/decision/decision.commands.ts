import { Cites, HttpCommand, Name, OptionalDay, OptionalName, OptionalText, Text } from '#libs/shell/nest';
import { type ListedMaterial } from '../intake/material.rules.js';
import { type Prerequisite } from '../core/terms.js';
import { ApplicationAct } from '../core/application-act.js';
import { DECISION_ACTS } from './decision.table.js';

@ApplicationAct(DECISION_ACTS.ApproveApplication)
export class ApproveApplication extends HttpCommand {
  declare readonly type: 'ApproveApplication';
  @OptionalName()
  permit?: string;
  @OptionalText()
  opinion?: string;
  /** Last day of a permit that is valid for a time. */
  @OptionalDay()
  validUntil?: string;

  /** Prerequisites not granted at this moment, looked up by the handler. */
  declare missing: readonly Prerequisite[];
  /** The others, with when they were granted. */
  declare granted?: readonly (Prerequisite & { readonly grantedAt: string })[];
  /** Whether the matter, as it was in force at receipt, provides for a review; looked up by the handler, left out: it does. */
  declare needsReview?: boolean;
}

@ApplicationAct(DECISION_ACTS.WithdrawApplication)
export class WithdrawApplication extends HttpCommand {
  declare readonly type: 'WithdrawApplication';
  @OptionalText()
  reason?: string;
}

@ApplicationAct(DECISION_ACTS.DeliverDecision)
export class DeliverDecision extends HttpCommand {
  declare readonly type: 'DeliverDecision';
  @OptionalName()
  method?: string;
  @OptionalName()
  recipient?: string;
}

@ApplicationAct(DECISION_ACTS.CloseApplication)
export class CloseApplication extends HttpCommand {
  declare readonly type: 'CloseApplication';
  @Name()
  outcome!: string;
}

@ApplicationAct(DECISION_ACTS.RefuseApplication)
export class RefuseApplication extends HttpCommand {
  declare readonly type: 'RefuseApplication';
  @Cites('reference')
  @Name()
  article!: string;
  @Text()
  reason!: string;
  /** 救济途径; left out: as the law has them. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;

  /** As in `ApproveApplication`. */
  declare needsReview?: boolean;
}

@ApplicationAct(DECISION_ACTS.CompleteImmediately)
export class CompleteImmediately extends HttpCommand {
  declare readonly type: 'CompleteImmediately';
  @Name()
  outcome!: string;

  /** What the catalogue lists for the matter, looked up by the handler. */
  declare listed: readonly ListedMaterial[];
}

export const DECISION_COMMANDS = [
  ApproveApplication,
  RefuseApplication,
  WithdrawApplication,
  DeliverDecision,
  CloseApplication,
  CompleteImmediately,
] as const;
export type DecisionCommand = InstanceType<(typeof DECISION_COMMANDS)[number]>;
