import { ID } from '#libs/engine/event-sourcing';
import { Act, Cites, HttpCommand, Name, Text } from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsOptional, Matches, ValidateNested } from 'class-validator';
import { type Condition, CONDITION_KINDS, type ConditionKind } from './challenge.events.js';

/** The catalogue's entry for the challenged matter; null if there is none. */
export interface ChallengeTarget {
  readonly at: 'in-force' | 'abolished';
  readonly version: number;
  readonly department: string | null;
  /** Whether the matter has the condition; true for a threshold that no catalogue names. */
  readonly hasCondition: boolean;
}

class ConditionBody {
  @IsIn(CONDITION_KINDS)
  kind!: ConditionKind;
  @Name()
  name!: string;
}

export type ChallengeFacts = {
  /** Null when there is no such matter. */
  readonly target: ChallengeTarget | null;
};

export type AnswererFacts = {
  /** Whose the challenged matter is on the day of the command; null for a joint one. */
  readonly competent: string | null;
};

export type WithdrawalFacts = AnswererFacts & {
  /** The version of the matter without the condition, which was made before; null when there is none. */
  readonly matterVersion: number | null;
};

@Act({
  type: 'ChallengeThreshold',
  path: '',
  roles: ['applicant', 'agent', 'supervisor'],
  summary:
    '对办理条件提出异议 Challenge a condition of a matter: the department must give its legal basis or withdraw it',
})
export class ChallengeThreshold extends HttpCommand<ChallengeFacts> {
  declare readonly type: 'ChallengeThreshold';
  @Matches(ID)
  declare id: string;
  /** Code of the matter. */
  @Name()
  matter!: string;
  @IsDefined()
  @ValidateNested()
  @Type(() => ConditionBody)
  condition!: Condition;
  @Text()
  reason!: string;
}

@Act({
  type: 'AnswerChallenge',
  path: 'answer',
  roles: ['department-head'],
  summary: '说明依据 Answer a challenge with the law and article of the condition',
  article: '优化营商环境条例 Art. 35；行政许可法 Art. 16 para. 4',
})
export class AnswerChallenge extends HttpCommand<AnswererFacts> {
  declare readonly type: 'AnswerChallenge';
  @Name()
  law!: string;
  @Cites('article-of-law')
  @Name()
  article!: string;
  @Text()
  explanation!: string;
}

/** The condition stays until another person confirms it. Proposing again takes the place of the proposal before. */
@Act({
  type: 'WithdrawCondition',
  path: 'withdrawal',
  roles: ['department-head'],
  summary:
    '提出取消该条件 Propose to withdraw the condition, citing the law that allows it; another person confirms',
})
export class WithdrawCondition extends HttpCommand<AnswererFacts> {
  declare readonly type: 'WithdrawCondition';
  @Text()
  reason!: string;
  /** The law by which the condition may go. A rule asks for it, so that a retry of a body from before still gets its first answer. */
  @Cites('reference')
  @Name()
  @IsOptional()
  article?: string;
}

/** The second person: another head of the department, or the county's leaders and campaign office. */
@Act({
  type: 'ConfirmWithdrawal',
  path: 'withdrawal-confirmation',
  roles: ['department-head', 'leader', 'campaign-office'],
  summary:
    '确认取消该条件 Confirm that the condition is withdrawn, as another person proposed; the catalogue gets a version without it',
})
export class ConfirmWithdrawal extends HttpCommand<WithdrawalFacts> {
  declare readonly type: 'ConfirmWithdrawal';
}

@Act({
  type: 'EscalateChallenge',
  path: 'escalation',
  roles: ['supervisor', 'campaign-office'],
  summary: '提级 Escalate an unanswered challenge to the leaders once its limit has passed',
})
export class EscalateChallenge extends HttpCommand {
  declare readonly type: 'EscalateChallenge';
}

export type ChallengeCommand =
  ChallengeThreshold | AnswerChallenge | WithdrawCondition | ConfirmWithdrawal | EscalateChallenge;
