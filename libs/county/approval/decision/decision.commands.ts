import { licensing } from '#libs/law/citations';
import { Cites, Ground, HttpCommand, Name, OptionalDay, OptionalName, OptionalText } from '#libs/shell/nest';
import { type MaterialFacts } from '../intake/material.rules.js';
import { type ExaminationDuty } from '../core/examination.js';
import { type Prerequisite } from '../core/terms.js';
import { ApplicationAct } from '../core/application-act.js';
import { DECISION_ACTS } from './decision.table.js';

/** What is looked up for a decision. */
export type DecisionFacts = {
  /** Whether the matter, as it was in force at receipt, provides for a review. */
  readonly needsReview: boolean;
  /** What the steps of the matter, as it was in force at receipt, ask of the examination; left out for nothing. */
  readonly owed?: readonly ExaminationDuty[];
};

/** `ended`: it was granted, and what was granted is not in force any more. */
export type MissingPrerequisite = Prerequisite & { readonly ended?: true };

/** What is looked up for every act that ends an application well. */
export type PrerequisiteFacts = {
  /** Prerequisites not granted, or not in force any more, at this moment. */
  readonly missing: readonly MissingPrerequisite[];
};

export type ApprovalFacts = DecisionFacts &
  PrerequisiteFacts & {
    /** The other prerequisites, with when they were granted. */
    readonly granted: readonly (Prerequisite & { readonly grantedAt: string })[];
  };

@ApplicationAct(DECISION_ACTS.ApproveApplication)
export class ApproveApplication extends HttpCommand<ApprovalFacts> {
  declare readonly type: 'ApproveApplication';
  @OptionalName()
  permit?: string;
  @OptionalText()
  opinion?: string;
  /** Last day of a permit that is valid for a time. */
  @OptionalDay()
  validUntil?: string;
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
export class CloseApplication extends HttpCommand<PrerequisiteFacts> {
  declare readonly type: 'CloseApplication';
  @Name()
  outcome!: string;
}

@ApplicationAct(DECISION_ACTS.RefuseApplication)
export class RefuseApplication extends HttpCommand<DecisionFacts> {
  declare readonly type: 'RefuseApplication';
  @Cites('reference')
  @Name()
  article!: string;
  @Ground(licensing(38))
  reason!: string;
  /** 救济途径; left out: as the law has them. */
  @Cites('remedies')
  @OptionalText()
  remedies?: string;
}

@ApplicationAct(DECISION_ACTS.CompleteImmediately)
export class CompleteImmediately extends HttpCommand<MaterialFacts & PrerequisiteFacts> {
  declare readonly type: 'CompleteImmediately';
  @Name()
  outcome!: string;
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
