import { HttpCommand, OptionalText, Text } from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { ESCALATION_LEVELS, type EscalationLevel } from '../core/terms.js';
import { ApplicationAct } from '../core/application-act.js';
import { ESCALATION_ACTS } from './escalation.table.js';

@ApplicationAct(ESCALATION_ACTS.EscalateApplication)
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

@ApplicationAct(ESCALATION_ACTS.SendDownApplication)
export class SendDownApplication extends HttpCommand {
  declare readonly type: 'SendDownApplication';
  /** Default: one level down, and from the lowest back to the handler. */
  @IsOptional()
  @IsIn(ESCALATION_LEVELS)
  level?: EscalationLevel;
  @Text()
  reason!: string;
}

export const ESCALATION_COMMANDS = [EscalateApplication, SendDownApplication] as const;
export type EscalationCommand = InstanceType<(typeof ESCALATION_COMMANDS)[number]>;
