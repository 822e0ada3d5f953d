import { defined } from '#libs/engine/event-sourcing';
import { type ProcessChanges } from '#libs/law/catalogue';
import { MATTER_CODE, TEMPLATE_CODE } from '#libs/law/catalogue/http';
import { Codes, EachOnce } from '#libs/shell/nest';
import { type DayUnit } from '#libs/law/calendar';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { OptionalRegion } from './board.parameters.js';
import { type WhatIfQuestion } from '../process/what-if.query.js';

const MOST_PROJECTS = 100;
const MOST_MATTERS = 200;

class ProposedTermBody {
  @Matches(MATTER_CODE)
  code!: string;
  @IsInt()
  @Min(0)
  @Max(3650)
  days!: number;
  @IsIn(['working-day', 'calendar-day'])
  unit!: DayUnit;
}

/** Matters that run side by side (并联). */
export class ParallelGroupBody {
  @ArrayMinSize(2)
  @Codes(MATTER_CODE, MOST_MATTERS)
  matters!: readonly string[];
}

/** A proposed process: a version of a template, and what is to be different in it. */
export class WhatIfBody {
  @Matches(TEMPLATE_CODE)
  @MaxLength(60)
  template!: string;
  /** The current one when left out. */
  @IsOptional()
  @IsInt()
  @Min(1)
  version?: number;
  @IsOptional()
  @Codes(MATTER_CODE, MOST_MATTERS)
  drop?: readonly string[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => ParallelGroupBody)
  parallel?: readonly ParallelGroupBody[];
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MOST_MATTERS)
  @ValidateNested({ each: true })
  @EachOnce('code')
  @Type(() => ProposedTermBody)
  terms?: ProcessChanges['terms'];
  /** 行政区划代码; everywhere when left out. */
  @OptionalRegion()
  region?: string;
  /** How many ended projects are examined, by default 50; `cursor` continues where the last answer stopped. */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(MOST_PROJECTS)
  limit?: number;
  @IsOptional()
  @IsString()
  @MaxLength(8000)
  cursor?: string;
}

export function whatIfQuestion({
  template,
  version,
  drop = [],
  parallel = [],
  terms = [],
  region,
  limit = 50,
  cursor,
}: WhatIfBody): WhatIfQuestion {
  return {
    template,
    version: version ?? null,
    changes: {
      drop: [...new Set(drop)],
      parallel: parallel.map(({ matters }) => [...matters]),
      terms: terms.map(({ code, days, unit }) => ({ code, days, unit })),
    },
    ...defined({ region }),
    limit,
    cursor: cursor ?? null,
  };
}
