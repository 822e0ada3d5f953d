import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  Name,
  notFound,
  parametersReader,
  Roles,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { accountabilityFigures } from '../answers/figures.js';
import { accountability, ACCOUNTABILITY_MODELS } from '../accountability/accountability.query.js';

class AccountabilityParameters {
  @Name()
  project!: string;
}

const Accountability = report(async (sources, project: string) => {
  const found = await accountability(sources.models, sources.calendar, { project, now: sources.now() });
  const figures = accountabilityFigures(project);
  return found && { ...found, ...(await restingOn(sources, ACCOUNTABILITY_MODELS, figures)) };
});

const readAccountability = parametersReader(AccountabilityParameters);

@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles(...OVERSEERS)
export class AccountabilityController {
  constructor(private readonly queries: QueryBus) {}

  @Get('accountability')
  @AsOf()
  @ApiOperation({
    operationId: 'Accountability',
    summary: '责任倒查 Who held a project for how long, and which rules were broken',
  })
  @ApiParameters(AccountabilityParameters, [400, 401, 403, 404, 503])
  async accountability(@Query() query: unknown) {
    const { project } = readAccountability(query);
    const found = await this.queries.execute(Accountability.of(project));
    if (found === null) throw notFound();
    return found;
  }
}
