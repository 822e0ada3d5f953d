import { Controller, Get, Param } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { ApiParameters, CurrentActor, notFound, Roles, AsOf, report, restingOn } from '#libs/shell/nest';
import { hiddenOf } from '#libs/county/sight';
import { CONFORMANCE_MODELS, projectConformance } from '../process/conformance.query.js';
import { FORECAST_MODELS, projectForecast } from '../process/forecast.query.js';
import { forecastFigures } from '../answers/figures.js';
import { visibleProject } from './visible-project.js';

/** A project, without the applications that are not shown to who asks. */
type Shown = { readonly project: string; readonly hidden: readonly string[] };

const ProjectForecast = report(async (sources, question: Shown) => {
  const { models, calendar } = sources;
  const found = await projectForecast(models, calendar, { ...question, now: sources.now() });
  const figures = forecastFigures(question.project);
  return found && { ...found, ...(await restingOn(sources, FORECAST_MODELS, figures)) };
});

const ProjectConformance = report(async (sources, question: Shown) => {
  const found = await projectConformance(sources, { ...question, now: sources.now() });
  return found && { ...found, ...(await restingOn(sources, CONFORMANCE_MODELS, [])) };
});

@Controller('projects')
@ApiTags('Projects 项目')
@ApiBearerAuth()
@Roles()
export class ProcessController {
  constructor(private readonly queries: QueryBus) {}

  @Get(':id/forecast')
  @AsOf()
  @ApiOperation({
    operationId: 'ProjectForecast',
    summary: '关键路径与最早办结日 The five lines of a project, its critical path and earliest finish',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async forecast(@Param('id') id: string, @CurrentActor() actor: Actor) {
    return (await this.queries.execute(ProjectForecast.of(await this.visible(id, actor)))) ?? absent();
  }

  @Get(':id/conformance')
  @AsOf()
  @ApiOperation({
    operationId: 'ProjectConformance',
    summary: '流程符合性 A project compared with its process template, each deviation with its evidence',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async conformance(@Param('id') id: string, @CurrentActor() actor: Actor) {
    return (await this.queries.execute(ProjectConformance.of(await this.visible(id, actor)))) ?? absent();
  }

  private async visible(id: string, actor: Actor): Promise<Shown> {
    const { project, sight } = await visibleProject(this.queries, id, actor);
    return { project: id, hidden: hiddenOf(sight, project) };
  }
}

/** There today, and not yet at the point of the past that is asked for. */
function absent(): never {
  throw notFound();
}
