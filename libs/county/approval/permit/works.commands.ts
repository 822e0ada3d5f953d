import { Day, HttpCommand, OptionalText, Text } from '#libs/shell/nest';
import { IsBoolean } from 'class-validator';
import { ApplicationAct } from '../core/application-act.js';
import { PERMIT_ACTS } from './permit.table.js';

@ApplicationAct(PERMIT_ACTS.ReportWorksStopped)
export class ReportWorksStopped extends HttpCommand {
  declare readonly type: 'ReportWorksStopped';
  /** The legal day of it. */
  @Day()
  on!: string;
  @Text()
  reason!: string;
}

@ApplicationAct(PERMIT_ACTS.RecordStopFound)
export class RecordStopFound extends HttpCommand {
  declare readonly type: 'RecordStopFound';
  @Day()
  on!: string;
  @Text()
  finding!: string;
}

@ApplicationAct(PERMIT_ACTS.ReportWorksResumed)
export class ReportWorksResumed extends HttpCommand {
  declare readonly type: 'ReportWorksResumed';
  @Day()
  on!: string;
  @OptionalText()
  note?: string;
}

@ApplicationAct(PERMIT_ACTS.VerifyPermit)
export class VerifyPermit extends HttpCommand {
  declare readonly type: 'VerifyPermit';
  /** Whether the conditions of the permit are still met. */
  @IsBoolean()
  passed!: boolean;
  @Text()
  finding!: string;
}

export const WORKS_COMMANDS = [
  ReportWorksStopped,
  RecordStopFound,
  ReportWorksResumed,
  VerifyPermit,
] as const;
export type WorksCommand = InstanceType<(typeof WORKS_COMMANDS)[number]>;
