import { EXCLUDED_PROCEDURES, type ExcludedProcedure } from '#libs/law/terms';
import { Cites, EachOnce, Name } from '#libs/shell/nest';
import { type DayUnit } from '#libs/law/calendar';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsOptional,
  Max,
  Min,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  type ExtensionRule,
  LEAVES,
  type Leave,
  type MatterClock,
  type NoticeRule,
  type RenewalRule,
  type SuspensionRule,
  type UseRule,
} from './matter-clock.js';

class CapBody {
  @IsInt()
  @Min(1)
  @Max(365)
  days!: number;
  @IsIn(['working-day', 'calendar-day'])
  unit!: DayUnit;
}

class SuspensionBody {
  @IsIn(Object.keys(EXCLUDED_PROCEDURES))
  cause!: ExcludedProcedure;
  @Cites('basis')
  @Name()
  article!: string;
  @IsBoolean()
  verified!: boolean;
  /** Never left out: that no law limits it is said, too. */
  @ValidateIf((body: SuspensionBody) => body.cap !== null)
  @IsDefined()
  @ValidateNested()
  @Type(() => CapBody)
  cap!: SuspensionRule['cap'];
  @ValidateIf((body: SuspensionBody) => body.leave !== null)
  @IsIn(LEAVES)
  leave!: Leave | null;
}

class ExtensionBody {
  @IsInt()
  @Min(1)
  @Max(365)
  days!: number;
  @Cites('basis')
  @Name()
  article!: string;
  @IsBoolean()
  verified!: boolean;
  @IsIn(LEAVES)
  leave!: Leave;
}

class NoticeBody {
  @IsInt()
  @Min(0)
  @Max(30)
  days!: number;
  @Cites('basis')
  @Name()
  article!: string;
}

class RenewalBody {
  @IsInt()
  @Min(1)
  @Max(365)
  applyDaysBefore!: number;
  @Cites('basis')
  @Name()
  article!: string;
}

class UseBody {
  @IsInt()
  @Min(1)
  @Max(120)
  months!: number;
  @IsInt()
  @Min(0)
  @Max(10)
  postponements!: number;
  @IsInt()
  @Min(1)
  @Max(120)
  postponementMonths!: number;
  @Cites('basis')
  @Name()
  article!: string;
}

/** What a matter says about its time in addition to the limits. */
export class MatterClockBody {
  /** Left out: 行政许可法 Art. 32(4) for a licence, and for others none. */
  @IsOptional()
  @ValidateNested()
  @Type(() => NoticeBody)
  notice?: NoticeRule;
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ValidateNested({ each: true })
  @EachOnce('cause')
  @Type(() => SuspensionBody)
  suspensions?: readonly SuspensionRule[];
  /** Null: the law of the matter knows none. Left out: 行政许可法 Art. 42. */
  @IsOptional()
  @ValidateNested()
  @Type(() => ExtensionBody)
  extension?: ExtensionRule | null;
  @IsOptional()
  @ValidateNested()
  @Type(() => RenewalBody)
  renewal?: RenewalRule;
  @IsOptional()
  @ValidateNested()
  @Type(() => UseBody)
  use?: UseRule;
}

const suspension = ({ cause, article, verified, cap, leave }: SuspensionRule): SuspensionRule => ({
  cause,
  article,
  verified,
  cap: cap && { days: cap.days, unit: cap.unit },
  leave,
});

/** The rules that a body carries, as plain JSON. */
export const matterClock = ({ notice, suspensions, extension, renewal, use }: MatterClock): MatterClock => ({
  ...(notice && { notice: { days: notice.days, article: notice.article } }),
  ...(suspensions && { suspensions: suspensions.map(suspension) }),
  ...(extension !== undefined && {
    extension: extension && {
      days: extension.days,
      article: extension.article,
      verified: extension.verified,
      leave: extension.leave,
    },
  }),
  ...(renewal && { renewal: { applyDaysBefore: renewal.applyDaysBefore, article: renewal.article } }),
  ...(use && {
    use: {
      months: use.months,
      postponements: use.postponements,
      postponementMonths: use.postponementMonths,
      article: use.article,
    },
  }),
});
