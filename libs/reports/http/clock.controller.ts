import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DAY_MS, dayOf } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  Clock,
  CurrentActor,
  instantAsked,
  invalid,
  notFound,
  notYours,
  OptionalDay,
  parametersReader,
  question,
  Roles,
  spanWithin,
  OptionalDayOrInstant,
} from '#libs/shell/nest';
import { seesApplication } from '#libs/county/sight';
import { SightOf } from '#libs/county/sight/http';
import { clockOf, type ClockQuestion, COUNTED_DAYS, LISTED_DAYS } from '../process/clock.query.js';
import { applications } from '#libs/county/approval';

class ClockParameters {
  /** A legal day (its end) or an instant with a zone. Default: now. */
  @OptionalDayOrInstant()
  asOf?: string;
  /** The first legal day that is listed. Default: that of the receipt, or ten years before `asOf` where that is later. */
  @OptionalDay()
  from?: string;
}

const FindClockOwner = question(({ models }, id: string) => models.get(applications, id));
const ExplainClock = question((sources, question: ClockQuestion) => clockOf(sources, question));

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
    summary: '办理时限计算说明 The clock of one application, day by day, with the reason for each day',
  })
  @ApiParameters(ClockParameters, [400, 401, 403, 404, 503])
  async explain(@Param('id') id: string, @Query() query: unknown, @CurrentActor() actor: Actor) {
    const { asOf: asked, from = null } = readClock(query);
    const application = await this.queries.execute(FindClockOwner.of(id));
    if (application === null) throw notFound();
    if (!seesApplication(await this.queries.execute(SightOf.of(actor)), application)) throw notYours();
    // A clock that stopped is explained up to its stop.
    const now = new Date(this.clock.now()).toISOString();
    const latest = application.endedAt ?? now;
    const asOf = asked === undefined ? latest : instantAsked('asOf', asked);
    const { submittedAt } = application;
    if (daysBetween(submittedAt > now ? submittedAt : now, asOf) > LISTED_DAYS) {
      throw invalid('asOf', 'must be within ten years from now', '须在今后十年之内');
    }
    if (daysBetween(submittedAt, asOf) > COUNTED_DAYS) {
      throw invalid('asOf', 'must be within a hundred years of the receipt', '须在收到申请后一百年之内');
    }
    if (from !== null) spanWithin(from, dayOf(asOf), LISTED_DAYS, 'asOf');
    const found = await this.queries.execute(ExplainClock.of({ application: id, asOf, from }));
    if (found === null) throw invalid('asOf', 'lies before the receipt', '早于收到申请的时间');
    return found;
  }
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}
