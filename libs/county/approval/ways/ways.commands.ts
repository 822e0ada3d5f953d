import { Cites, HttpCommand, Text } from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { VARIABLE_RULES, type VariableRule } from '../core/varied-rules.js';
import {
  FAST_TRACK_GROUNDS,
  type FastTrackGround,
  STATUTORY_RULES,
  type StatutoryRule,
} from './ways.events.js';
import { ApplicationAct } from '../core/application-act.js';
import { WAYS_ACTS } from './ways.table.js';

/** Any rule may be named: a statutory one is refused by a rule, not as a bad value. */
@ApplicationAct(WAYS_ACTS.ApproveSpecialHandling)
export class ApproveSpecialHandling extends HttpCommand {
  declare readonly type: 'ApproveSpecialHandling';
  @IsIn([...VARIABLE_RULES, ...Object.keys(STATUTORY_RULES)])
  rule!: VariableRule | StatutoryRule;
  /** On what ground. */
  @Cites('in-text')
  @Text()
  reason!: string;
}

export type FastTrackFacts = {
  /** Whether the project was designated a key project (列为重点项目). */
  readonly isKeyProject: boolean;
};

@ApplicationAct(WAYS_ACTS.GrantFastTrack)
export class GrantFastTrack extends HttpCommand<FastTrackFacts> {
  declare readonly type: 'GrantFastTrack';
  @IsIn(FAST_TRACK_GROUNDS)
  ground!: FastTrackGround;
  @Cites('in-text')
  @Text()
  reason!: string;
  /** What is to be left of the promised term, in percent. */
  @Max(100)
  @Min(10)
  @IsInt()
  promisePercent!: number;
}

export const WAY_COMMANDS = [ApproveSpecialHandling, GrantFastTrack] as const;
export type WayCommand = InstanceType<(typeof WAY_COMMANDS)[number]>;
