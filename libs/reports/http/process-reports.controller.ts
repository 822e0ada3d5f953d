import { defined } from '#libs/engine/event-sourcing';
import { Body, Controller, Get, HttpCode, Post, Query, UseInterceptors } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  bodyReader,
  CursorInterceptor,
  jsonSchema,
  pageOf,
  parametersReader,
  Roles,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { CONFORMANCE_REPORT_MODELS, conformanceReport } from '../process/conformance.query.js';
import { conformanceFigures, whatIfFigures } from '../answers/figures.js';
import { BoardParameters } from './board.parameters.js';
import { WhatIfBody, whatIfQuestion } from './what-if.body.js';
import { WHAT_IF_MODELS, whatIf, type WhatIfQuestion } from '../process/what-if.query.js';

type ReportQuestion = Omit<Parameters<typeof conformanceReport>[1], 'now'>;

const ConformanceReport = report(async (sources, question: ReportQuestion) => ({
  ...(await conformanceReport(sources.models, { ...question, now: sources.now() })),
  ...(await restingOn(sources, CONFORMANCE_REPORT_MODELS, conformanceFigures(question))),
}));

const WhatIf = report(async (sources, question: WhatIfQuestion) => ({
  ...(await whatIf(sources, question)),
  ...(await restingOn(sources, WHAT_IF_MODELS, whatIfFigures(question))),
}));

const readProposal = bodyReader(WhatIfBody);
const readConformance = parametersReader(BoardParameters);

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class ProcessReportsController {
  constructor(private readonly queries: QueryBus) {}

  @Get('conformance')
  @AsOf()
  @ApiOperation({
    operationId: 'ConformanceReport',
    summary:
      '流程执行情况 How cases deviated from their process: order, prerequisites, deciding person, time limits, steps',
  })
  @ApiParameters(BoardParameters)
  conformance(@Query() query: unknown) {
    const { region, ...page } = readConformance(query);
    return this.queries.execute(ConformanceReport.of({ ...pageOf(page), ...defined({ region }) }));
  }
  /** A question that needs a body: it is asked by POST, and writes nothing. */
  @Post('what-if')
  @AsOf()
  @HttpCode(200)
  @ApiOperation({
    operationId: 'WhatIf',
    summary: '流程优化推演 Finished projects replayed against a proposed process, with the days saved',
  })
  @ApiBody({ schema: { ...jsonSchema(WhatIfBody) } })
  @ApiParameters(null, [400, 401, 403, 503])
  @UseInterceptors(CursorInterceptor)
  whatIf(@Body() body: unknown) {
    return this.queries.execute(WhatIf.of(whatIfQuestion(readProposal(body))));
  }
}
