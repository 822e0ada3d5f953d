import { EXCLUDED_PROCEDURES, type ExcludedProcedure } from '#libs/law/terms';
import { licensing } from '#libs/law/citations';
import {
  Cites,
  Ground,
  HttpCommand,
  Name,
  OptionalName,
  OptionalText,
  SaysSomething,
} from '#libs/shell/nest';
import { IsIn, IsInt, Max, Min } from 'class-validator';

import { ApplicationAct } from '../core/application-act.js';
import { CLOCK_ACTS } from './clock.table.js';

@ApplicationAct(CLOCK_ACTS.SuspendClock)
export class SuspendClock extends HttpCommand {
  declare readonly type: 'SuspendClock';
  /** One of those that the law of the matter takes out of the term. */
  @IsIn(Object.keys(EXCLUDED_PROCEDURES))
  cause!: ExcludedProcedure;
  /** Number of the written notice to the applicant of how long it takes. */
  @SaysSomething(licensing(45))
  @Name()
  notice!: string;
  /**
   * Days that it needs: working days, unless the law of the matter limits it in calendar days. At their end the clock runs
   * again.
   */
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
  /** What the applicant is notified of. */
  @Ground(licensing(42))
  reason!: string;
  /** Must be of the law by which the matter may be extended; left out, it is that article. */
  @Cites('reference')
  @OptionalName()
  article?: string;
}

export const CLOCK_COMMANDS = [SuspendClock, ResumeClock, ExtendTimeLimit] as const;
export type ClockCommand = InstanceType<(typeof CLOCK_COMMANDS)[number]>;
