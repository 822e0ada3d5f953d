import { defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayOf, type DaySpan, halfMonthOf } from '#libs/law/calendar';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  MOST_COMPARED_DAYS,
  OptionalName,
  pageOf,
  parametersReader,
  Roles,
  spanOf,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { CO_HANDLING_MODELS, CO_HANDLING_SCORE, coHandling } from '../workload/co-handling.query.js';
import { coHandlingFigures, compressionFigures, matterFigures } from '../answers/figures.js';
import { actualCompression, COMPRESSION_MODELS } from '../workload/compression.query.js';
import {
  MATTER_ORDERS,
  MATTER_SCORE_MODELS,
  type MatterOrder,
  matterScoreboard,
} from '../workload/matters.query.js';
import { SpanParameters } from './span.parameters.js';

type Spanned<Question> = Omit<Question, 'span' | 'now'> & { readonly span: DaySpan | null };

const spanAsked = (span: DaySpan | null, now: string) => span ?? halfMonthOf(dayOf(now));

type MattersQuestion = Spanned<Parameters<typeof matterScoreboard>[1]>;
const MatterScores = report(async (sources, question: MattersQuestion) => ({
  ...(await matterScoreboard(sources.models, {
    ...question,
    span: spanAsked(question.span, sources.now()),
  })),
  ...(await restingOn(
    sources,
    MATTER_SCORE_MODELS,
    matterFigures({ ...question, span: spanAsked(question.span, sources.now()) }),
  )),
}));
type CompressionQuestion = Spanned<Parameters<typeof actualCompression>[1]>;
const ActualCompression = report(async (sources, question: CompressionQuestion) => {
  const asked = { ...question, span: spanAsked(question.span, sources.now()) };
  return {
    ...(await actualCompression(sources.models, asked)),
    ...(await restingOn(sources, COMPRESSION_MODELS, compressionFigures(asked))),
  };
});
type CoHandlingQuestion = Spanned<Parameters<typeof coHandling>[1]>;
const CoHandling = report(async (sources, question: CoHandlingQuestion) => {
  const now = sources.now();
  const span = spanAsked(question.span, now);
  return {
    span,
    rule: CO_HANDLING_SCORE,
    ...(await coHandling(sources.models, { ...question, span, now })),
    ...(await restingOn(sources, CO_HANDLING_MODELS, coHandlingFigures({ ...question, span }))),
  };
});

class MatterScoreParameters extends SpanParameters {
  /** Matters of this department; ranks stay those among all matters. */
  @OptionalName()
  department?: string;
  /** By code, or by a figure; with a minus sign the most first. */
  @IsOptional()
  @IsIn(MATTER_ORDERS)
  sort?: MatterOrder;
}

const readSpan = parametersReader(SpanParameters);
const readMatters = parametersReader(MatterScoreParameters);

function asked({ from, to, region, ...page }: SpanParameters) {
  const span = spanOf({ from, to }, MOST_COMPARED_DAYS);
  return { ...pageOf(page), span, ...defined({ region }) };
}

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class MattersController {
  constructor(private readonly queries: QueryBus) {}

  @Get('matters')
  @AsOf()
  @ApiOperation({
    operationId: 'MatterScores',
    summary: '办理效能 Steps, days, hand-offs and on-time rate of every matter in force, with rank and trend',
  })
  @ApiParameters(MatterScoreParameters)
  matters(@Query() query: unknown) {
    const { department, sort, ...spanned } = readMatters(query);
    return this.queries.execute(MatterScores.of({ ...asked(spanned), ...defined({ department, sort }) }));
  }

  @Get('compression')
  @AsOf()
  @ApiOperation({
    operationId: 'ActualCompression',
    summary: '压缩成效 Actual against promised days of every matter in force, and the materials saved',
  })
  @ApiParameters(SpanParameters)
  compression(@Query() query: unknown) {
    return this.queries.execute(ActualCompression.of(asked(readSpan(query))));
  }

  @Get('co-handling')
  @AsOf()
  @ApiOperation({
    operationId: 'CoHandling',
    summary: '部门协同 How fast departments answer each other, and their score',
  })
  @ApiParameters(SpanParameters)
  coHandling(@Query() query: unknown) {
    return this.queries.execute(CoHandling.of(asked(readSpan(query))));
  }
}
