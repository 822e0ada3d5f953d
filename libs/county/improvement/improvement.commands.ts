import { STAFF } from '#libs/shell/roles';
import { ID } from '#libs/engine/event-sourcing';
import { Act, Day, HttpCommand, Name, OptionalText, Text } from '#libs/shell/nest';
import { IsInt, IsOptional, Matches, Max, Min } from 'class-validator';
import { type MeasuredEffect } from './improvement.events.js';

/** The catalogue's entry of the matter to be improved; null if there is none. */
export interface ImprovedMatter {
  readonly at: 'in-force' | 'abolished';
  readonly version: number;
  readonly department: string | null;
}

export type ProposalFacts = { readonly target: ImprovedMatter | null };

export type TrialFacts = {
  /** First day of the version that is tried; null when the matter has no such version. */
  readonly versionFrom: string | null;
};

export type EffectFacts = {
  /** What the trial did; null while there is nothing to compare. */
  readonly effect: MeasuredEffect | null;
};

const DECIDERS = ['department-head', 'leader', 'campaign-office'] as const;

@Act({
  type: 'ProposeImprovement',
  path: '',
  roles: STAFF,
  summary: '改进建议 Propose an improvement in handling a matter',
})
export class ProposeImprovement extends HttpCommand<ProposalFacts> {
  declare readonly type: 'ProposeImprovement';
  @Matches(ID)
  declare id: string;
  /** Code of the matter. */
  @Name()
  matter!: string;
  @Name()
  title!: string;
  /** What would be done otherwise. */
  @Text()
  change!: string;
  @OptionalText()
  expected?: string;
}

@Act({
  type: 'StartTrial',
  path: 'trial',
  roles: DECIDERS,
  summary: '试行 Try an improvement from a day on, as a practice or as a version of the matter',
})
export class StartTrial extends HttpCommand<TrialFacts> {
  declare readonly type: 'StartTrial';
  /** First legal day of the trial. */
  @Day()
  from!: string;
  /** The version of the matter that is tried: it must be in force from that day. */
  @IsOptional()
  @Max(1_000_000)
  @Min(1)
  @IsInt()
  matterVersion?: number;
}

@Act({
  type: 'AdoptImprovement',
  path: 'adoption',
  roles: DECIDERS,
  summary: '采纳 Adopt what was tried; its measured effect is recorded',
})
export class AdoptImprovement extends HttpCommand<EffectFacts> {
  declare readonly type: 'AdoptImprovement';
  @Text()
  reason!: string;
}

@Act({
  type: 'DropImprovement',
  path: 'drop',
  roles: DECIDERS,
  summary: '不采纳 Drop a proposal or a trial; its measured effect is recorded',
})
export class DropImprovement extends HttpCommand<EffectFacts> {
  declare readonly type: 'DropImprovement';
  @Text()
  reason!: string;
}

export type ImprovementCommand = ProposeImprovement | StartTrial | AdoptImprovement | DropImprovement;
