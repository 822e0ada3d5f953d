import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CASE_WORKERS, OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Roles,
  OptionalName,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { type ImprovementDocument } from '../improvement.projection.js';
import { findImprovement, type ImprovementsQuery, listImprovements } from '../improvement.query.js';

class ImprovementsParameters extends ListParameters {
  @IsOptional()
  @IsIn(['proposed', 'trial', 'adopted', 'dropped'])
  status?: ImprovementDocument['status'];
  @OptionalName()
  matter?: string;
}

const ListImprovements = question(({ models }, question: ImprovementsQuery) =>
  listImprovements(models, question),
);
const FindImprovement = question(({ models }, id: string) => findImprovement(models, id));

const readImprovements = parametersReader(ImprovementsParameters);

/** Everybody who works on approvals reads the log of improvements: it is there to be learnt from. */
export const IMPROVERS = [...OVERSEERS, ...CASE_WORKERS] as const;

@Controller('improvements')
@ApiTags('Improvements 改进')
@ApiBearerAuth()
@Roles(...IMPROVERS)
export class ImprovementController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'ListImprovements',
    summary: '改进台账 Improvements, latest proposed first',
  })
  @ApiParameters(ImprovementsParameters)
  list(@Query() query: unknown) {
    const { status, matter, ...page } = readImprovements(query);
    return this.queries.execute(ListImprovements.of({ status, matter, ...pageOf(page) }));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'FindImprovement',
    summary: '改进 One improvement, its trial and its outcome',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async improvement(@Param('id') id: string) {
    const found = await this.queries.execute(FindImprovement.of(id));
    if (found === null) throw notFound();
    return found;
  }
}
