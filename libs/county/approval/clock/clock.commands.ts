import { Cites, HttpCommand, Name, OptionalName, OptionalText, Text } from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';
import { SUSPENSION_CAUSES, type SuspensionCause } from './clock.events.js';
import { ApplicationAct } from '../core/application-act.js';
import { CLOCK_ACTS } from './clock.table.js';

@ApplicationAct(CLOCK_ACTS.SuspendClock)
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

@ApplicationAct(CLOCK_ACTS.ResumeClock)
export class ResumeClock extends HttpCommand {
  declare readonly type: 'ResumeClock';
  @OptionalText()
  result?: string;
}

@ApplicationAct(CLOCK_ACTS.ExtendTimeLimit)
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

export type ClockCommand = SuspendClock | ResumeClock | ExtendTimeLimit;
