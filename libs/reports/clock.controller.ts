import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type ApplicationDocument, maySee, SightOf } from '#libs/approval';
import { type Actor } from '#libs/event-sourcing';
import {
  ApiParameters,
  Clock,
  CurrentActor,
  invalid,
  notFound,
  notYours,
  parametersReader,
  plainQuery,
  Roles,
} from '#libs/nest';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import { clockOf, type ClockQuestion, EXPLAINED_DAYS } from './clock.query.js';
import { instantOf } from './query-times.js';

export class ClockParameters {
  /** A legal day (its end) or an instant with a zone. Default: now. */
  @IsOptional()
  @IsString()
  @MaxLength(40)
  asOf?: string;
}

const FindClockOwner = plainQuery('FindClockOwner', ({ models }, id: string) =>
  models.get<ApplicationDocument>('applications', id),
);
const ExplainClock = plainQuery('ExplainClock', (sources, question: ClockQuestion) =>
  clockOf(sources, question),
);

export const clockQueries = [FindClockOwner, ExplainClock].map((query) => query.handler);

const readClock = parametersReader(ClockParameters);

@Controller()
@ApiTags('Applications 办件')
@ApiBearerAuth()
@Roles()
export class ClockController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
  ) {}

  @Get('applications/:id/clock')
  @ApiOperation({
    operationId: 'ExplainClock',
    summary: '可解释时限 The clock of one application, day by day, each with its reason',
  })
  @ApiParameters(ClockParameters, [400, 401, 403, 404, 503])
  async explain(@Param('id') id: string, @Query() query: unknown, @CurrentActor() actor: Actor) {
    const { asOf: asked } = readClock(query);
    const application = await this.queries.execute(FindClockOwner.of(id));
    if (application === null) throw notFound();
    if (!maySee(actor, application, await this.queries.execute(SightOf.of(actor)))) throw notYours();
    // A clock that stopped is explained up to its stop.
    const latest = application.endedAt ?? new Date(this.clock.now()).toISOString();
    const asOf = asked === undefined ? latest : instantOf('asOf', asked);
    const days = (Date.parse(asOf) - Date.parse(application.submittedAt)) / 86_400_000;
    if (days > EXPLAINED_DAYS) {
      throw invalid('asOf', 'must lie within ten years of the receipt', '须在收到申请后十年之内');
    }
    const found = await this.queries.execute(ExplainClock.of({ application: id, asOf }));
    if (found === null) throw invalid('asOf', 'lies before the receipt', '早于收到申请的时间');
    return found;
  }
}
