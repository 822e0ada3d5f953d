import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayOf, numberOfDay } from '#libs/calendar';
import {
  ApiParameters,
  invalid,
  ListParameters,
  OVERSEERS,
  pageOf,
  parametersReader,
  plainQuery,
  Roles,
} from '#libs/nest';
import { IsOptional, Matches } from 'class-validator';
import { freshness } from './freshness.js';
import { MATTER_SCORE_MODELS, matterScoreboard } from './matters.query.js';
import { type DaySpan, halfMonthOf } from './periods.js';
import { spanOf } from './query-times.js';

const DAYS_AT_MOST = 366;

export class MattersParameters extends ListParameters {
  @IsOptional()
  @Matches(/^(\d{6}|\d{9}|\d{12})$/)
  region?: string;
  /** First and last legal day, 366 days at most; default the half-month that runs. */
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  from?: string;
  @IsOptional()
  @Matches(/^\d{4}-\d{2}-\d{2}$/)
  to?: string;
}

type Question = Omit<Parameters<typeof matterScoreboard>[1], 'span'> & { readonly span: DaySpan | null };

const MatterScores = plainQuery('MatterScores', async (sources, { span, ...question }: Question) => ({
  ...(await matterScoreboard(sources.models, {
    ...question,
    span: span ?? halfMonthOf(dayOf(sources.now())),
  })),
  asOf: await freshness(sources, MATTER_SCORE_MODELS),
}));

export const matterQueries = [MatterScores].map((query) => query.handler);

const readMatters = parametersReader(MattersParameters);

/** @throws InvalidInput when the span ends before it begins, or is longer than a year. */
export function comparableSpan(from: string | undefined, to: string | undefined): DaySpan | null {
  const span = spanOf(from, to);
  if (span === null) return null;
  const days = numberOfDay(span.to) - numberOfDay(span.from) + 1;
  if (days < 1) throw invalid('to', 'must not lie before from', '不得早于 from');
  if (days > DAYS_AT_MOST) {
    throw invalid(
      'to',
      `must lie within ${DAYS_AT_MOST} days of from`,
      `距 from 不得超过 ${DAYS_AT_MOST} 日`,
    );
  }
  return span;
}

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class MattersController {
  constructor(private readonly queries: QueryBus) {}

  @Get('matters')
  @ApiOperation({
    operationId: 'MatterScores',
    summary: '四最 Steps, days, hand-offs and on-time rate of every matter in force, with rank and trend',
  })
  @ApiParameters(MattersParameters)
  matters(@Query() query: unknown) {
    const { from, to, region, ...page } = readMatters(query);
    const span = comparableSpan(from, to);
    return this.queries.execute(
      MatterScores.of({ ...pageOf(page), span, ...(region === undefined ? {} : { region }) }),
    );
  }
}
