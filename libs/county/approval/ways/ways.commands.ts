import { Act, Cites, HttpCommand, Text } from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { VARIABLE_RULES, type VariableRule } from '../core/varied-rules.js';
import {
  FAST_TRACK_GROUNDS,
  type FastTrackGround,
  STATUTORY_RULES,
  type StatutoryRule,
} from './ways.events.js';

const GRANTORS = ['leader', 'campaign-office'] as const;

/** Any rule may be asked for: that a statutory one is refused is the answer, not a misspelling. */
@Act({
  type: 'ApproveSpecialHandling',
  path: 'special-handling',
  roles: GRANTORS,
  summary: '特事特办 Vary one of the county’s own rules for this case',
})
export class ApproveSpecialHandling extends HttpCommand {
  declare readonly type: 'ApproveSpecialHandling';
  @IsIn([...VARIABLE_RULES, ...Object.keys(STATUTORY_RULES)])
  rule!: VariableRule | StatutoryRule;
  /** On what ground. */
  @Cites('in-text')
  @Text()
  reason!: string;
}

@Act({
  type: 'GrantFastTrack',
  path: 'fast-track',
  roles: GRANTORS,
  summary: '快速通道 Give the case priority and a shorter promised time limit',
  article: '优化营商环境条例 Art. 36',
})
export class GrantFastTrack extends HttpCommand {
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

export type WayCommand = ApproveSpecialHandling | GrantFastTrack;
