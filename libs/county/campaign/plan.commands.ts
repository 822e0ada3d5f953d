import { THING_ID } from '#libs/engine/event-sourcing';
import { Act, Day, EachOnce, HttpCommand, Name, OptionalText, Text } from '#libs/shell/nest';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayNotEmpty, IsArray, Matches, ValidateNested } from 'class-validator';
import { EventReference } from './event-reference.js';
import { type ProofFacts } from './proof.js';

const PUBLISHERS = ['campaign-office', 'leader'] as const;

class PlanTaskBody {
  /** Its name in every version of the plan. */
  @Matches(THING_ID)
  task!: string;
  @Name()
  title!: string;
  @Name()
  department!: string;
  /** Last legal day. */
  @Day()
  dueOn!: string;
}

export type PlanFacts = {
  /** Owners that do not stand. */
  readonly unknown: readonly string[];
};

abstract class PlanBody extends HttpCommand<PlanFacts> {
  @Name()
  title!: string;
  @OptionalText()
  summary?: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(500)
  @ValidateNested({ each: true })
  @Type(() => PlanTaskBody)
  tasks!: PlanTaskBody[];
}

@Act({
  type: 'PublishPlan',
  path: '',
  roles: PUBLISHERS,
  summary: '发布实施方案 Publish a plan: its tasks, each with its owner and deadline',
})
export class PublishPlan extends PlanBody {
  declare readonly type: 'PublishPlan';
}

@Act({
  type: 'RevisePlan',
  path: 'revision',
  roles: PUBLISHERS,
  summary: '修订实施方案 Publish the next complete version of a plan',
})
export class RevisePlan extends PlanBody {
  declare readonly type: 'RevisePlan';
  @Text()
  reason!: string;
}

@Act({
  type: 'DischargeTask',
  path: 'discharge',
  roles: ['department-head', 'campaign-office'],
  summary: '落实任务 Link a task to the events that discharge it',
})
export class DischargeTask extends HttpCommand<ProofFacts> {
  declare readonly type: 'DischargeTask';
  @Name()
  task!: string;
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ValidateNested({ each: true })
  @EachOnce('stream', 'revision')
  @Type(() => EventReference)
  events!: EventReference[];
  @OptionalText()
  note?: string;
}

export type PlanCommand = PublishPlan | RevisePlan | DischargeTask;
