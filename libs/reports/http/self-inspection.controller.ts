import { Controller, Get, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import { OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notYours,
  pageOf,
  parametersReader,
  Roles,
  OptionalName,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { type Visibility } from '#libs/county/sight';
import { SightOf, whoseList } from '#libs/county/sight/http';
import { selfInspectionFigures } from '../answers/figures.js';
import {
  SELF_INSPECTION_MODELS,
  selfInspections,
  type SelfInspectionsQuery,
} from '../workload/self-inspection.query.js';

class SelfInspectionsParameters extends ListParameters {
  @OptionalName()
  department?: string;
}

const SelfInspections = report(async (sources, question: Omit<SelfInspectionsQuery, 'now'>) => ({
  ...(await selfInspections(sources.models, { ...question, now: sources.now() })),
  ...(await restingOn(sources, SELF_INSPECTION_MODELS, selfInspectionFigures())),
}));

const readParameters = parametersReader(SelfInspectionsParameters);

/** Overseers see the reports of all departments; a department sees its own. */
@Controller('reports')
@ApiTags('Reports 报告')
@ApiBearerAuth()
@Roles('window', 'reviewer', 'department-head', ...OVERSEERS)
export class SelfInspectionController {
  constructor(private readonly queries: QueryBus) {}

  @Get('self-inspections')
  @AsOf()
  @ApiOperation({
    operationId: 'SelfInspections',
    summary:
      '自查核对 Self-inspections of departments, each reported figure next to the figure from the events',
  })
  @ApiParameters(SelfInspectionsParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { department: asked, ...page } = readParameters(query);
    const department = departmentAsked(await this.queries.execute(SightOf.of(actor)), asked);
    return this.queries.execute(SelfInspections.of({ ...pageOf(page), ...defined({ department }) }));
  }
}

function departmentAsked(sight: Visibility, department: string | undefined): string | undefined {
  const of = whoseList(sight, 'self-inspection', { department });
  if (of === null) return undefined;
  return 'department' in of ? of.department : refused();
}

function refused(): never {
  throw notYours();
}
