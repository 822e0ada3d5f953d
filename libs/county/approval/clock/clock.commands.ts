import { Act, Cites, HttpCommand, Name, OptionalName, OptionalText, Text } from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { type FireTimer } from '../application/timers.js';
import { type SendDownApplication } from '../escalation/escalation.commands.js';
import { SUSPENSION_CAUSES, type SuspensionCause } from './clock.events.js';

@Act({
  type: 'SuspendClock',
  path: 'suspension',
  roles: ['reviewer', 'department-head'],
  summary:
    '启动特别程序（所需时间不计入办理期限） Suspend the clock for a hearing, a test or an expert review',
  article: '行政许可法 Art. 45',
})
export class SuspendClock extends HttpCommand {
  declare readonly type: 'SuspendClock';
  @IsIn(SUSPENSION_CAUSES)
  cause!: SuspensionCause;
  /** Number of the written notice that tells the applicant how long it takes. */
  @Name()
  notice!: string;
  @Max(365)
  @Min(1)
  @IsInt()
  days!: number;
}

@Act({
  type: 'ResumeClock',
  path: 'resumption',
  roles: ['reviewer', 'department-head'],
  summary: '结束特别程序 Resume the clock',
  article: '行政许可法 Art. 45',
})
export class ResumeClock extends HttpCommand {
  declare readonly type: 'ResumeClock';
  @OptionalText()
  result?: string;
}

@Act({
  type: 'ExtendTimeLimit',
  path: 'extension',
  roles: ['department-head'],
  summary: '延期 Extend the time limit once',
  article: '行政许可法 Art. 42',
})
export class ExtendTimeLimit extends HttpCommand {
  declare readonly type: 'ExtendTimeLimit';
  /** In the unit of the limit. */
  @Max(365)
  @Min(1)
  @IsInt()
  days!: number;
  /** What the applicant is told. */
  @Text()
  reason!: string;
  /** The article of the matter's own law, where that allows another extension than 行政许可法 Art. 42. */
  @Cites('reference')
  @OptionalName()
  article?: string;
}

export type ClockCommand = SuspendClock | ResumeClock | ExtendTimeLimit | SendDownApplication | FireTimer;
