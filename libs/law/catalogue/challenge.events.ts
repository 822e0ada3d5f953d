import { type DomainEvent } from '#libs/engine/event-sourcing';

export const CONDITION_KINDS = [
  'material', // 材料
  'step', // 环节
  'other', // 目录之外的门槛: asked for, and in no catalogue
] as const;
/** A material, a step, or a threshold outside of the catalogue. */
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/** What is challenged: a material or step of the matter by its name there, or a threshold in words. */
export type Condition = { readonly kind: ConditionKind; readonly name: string };

type Challenged = { readonly challenge: string; readonly matter: string };

/** 对办理条件提出异议: an enterprise or an overseer asks what a condition rests on. */
export type ThresholdChallenged = DomainEvent<
  'ThresholdChallenged',
  1,
  Challenged & {
    readonly matterVersion: number;
    /** Who has to answer; null for a joint matter. */
    readonly department: string | null;
    readonly condition: Condition;
    readonly reason: string;
    /** Last instant for an answer, end of a legal day. */
    readonly dueAt: string;
  }
>;

/** The condition stays: the department names law and article. */
type ChallengeAnswered = DomainEvent<
  'ChallengeAnswered',
  1,
  Challenged & {
    readonly law: string;
    readonly article: string;
    readonly explanation: string;
    /** Given after the limit. */
    readonly late: boolean;
  }
>;

/** 破除: the condition goes. */
type ConditionWithdrawn = DomainEvent<
  'ConditionWithdrawn',
  1,
  Challenged & {
    readonly condition: Condition;
    readonly reason: string;
    /** The version of the matter without it; null where the catalogue never had it, or no longer has the matter. */
    readonly matterVersion: number | null;
    readonly late: boolean;
    /** The law that allows it, and who proposed it; left out in a log from before two persons were asked for. */
    readonly article?: string;
    readonly proposedBy?: string;
  }
>;

/** The condition stays until a second person confirms. */
type WithdrawalProposed = DomainEvent<
  'WithdrawalProposed',
  1,
  Challenged & { readonly condition: Condition; readonly reason: string; readonly article: string }
>;

/** It was not answered in time and goes to the leaders. Happens once. */
type ChallengeEscalated = DomainEvent<'ChallengeEscalated', 1, Challenged & { readonly dueAt: string }>;

export type ChallengeEvent =
  ThresholdChallenged | ChallengeAnswered | WithdrawalProposed | ConditionWithdrawn | ChallengeEscalated;
