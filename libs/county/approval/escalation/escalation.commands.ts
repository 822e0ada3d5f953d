import { Act, HttpCommand, OptionalText, Text } from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { CASE_WORKERS } from '../core/act-rule.js';
import { ESCALATION_LEVELS, type EscalationLevel } from '../core/terms.js';

@Act({
  type: 'EscalateApplication',
  path: 'escalation',
  roles: ['applicant', 'agent', ...CASE_WORKERS, 'supervisor', 'campaign-office'],
  summary: '提级 Escalate',
})
export class EscalateApplication extends HttpCommand {
  declare readonly type: 'EscalateApplication';
  /** Default: the next level up. */
  @IsOptional()
  @IsIn(ESCALATION_LEVELS)
  level?: EscalationLevel;
  @Text()
  reason!: string;
  /** Why a level is passed over; needed where one is. */
  @OptionalText()
  skipReason?: string;
}

@Act({
  type: 'SendDownApplication',
  path: 'escalation-return',
  roles: ['department-head', 'supervisor', 'leader', 'campaign-office'],
  summary: '退回下级协调 Send an escalated case down to a level that can solve it',
})
export class SendDownApplication extends HttpCommand {
  declare readonly type: 'SendDownApplication';
  /** Default: one level down, and from the lowest back to the handler. */
  @IsOptional()
  @IsIn(ESCALATION_LEVELS)
  level?: EscalationLevel;
  @Text()
  reason!: string;
}
