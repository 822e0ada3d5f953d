import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayOf, dayOfNumber, instantOf, LAST_DAY, numberOfDay } from '#libs/law/calendar';
import { CASE_WORKERS, OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  Clock,
  MOST_COMPARED_DAYS,
  notFound,
  OptionalDay,
  parametersReader,
  Roles,
  spanWithin,
} from '#libs/shell/nest';
import { DutyParameters } from './duty.controller.js';
import { RosterLookup } from './roster.lookup.js';

/** Days of the span when no end is said. */
const DEFAULT_DAYS = 30;
class GapsParameters {
  /** First legal day; today when left out. */
  @OptionalDay()
  from?: string;
  /** Last legal day; 30 days later when left out, a year at most. */
  @OptionalDay()
  to?: string;
}

const readRoster = parametersReader(DutyParameters);
const readGaps = parametersReader(GapsParameters);

/** 窗口人员名册 Who sits at which window and may decide what. For the administration and those who oversee it. */
@Controller()
@ApiTags('Window roster 窗口名册')
@ApiBearerAuth()
@Roles(...CASE_WORKERS, ...OVERSEERS)
export class RosterController {
  constructor(
    private readonly rosters: RosterLookup,
    private readonly clock: Clock,
  ) {}

  @Get('rosters/:department')
  @ApiOperation({
    operationId: 'FindRoster',
    summary: '窗口名册 A department’s windows on a day: people, delegations, cases in hand',
  })
  @ApiParameters(DutyParameters, [400, 401, 403, 404, 503])
  async roster(@Param('department') department: string, @Query() query: unknown) {
    const now = instantOf(this.clock.now());
    const { on = dayOf(now) } = readRoster(query);
    const found = await this.rosters.view(department, on, now);
    if (found === null) throw notFound();
    return found;
  }

  @Get('roster/gaps')
  @ApiOperation({
    operationId: 'RosterGaps',
    summary: '窗口空缺 Working days on which a window has nobody with full authorisation, and why',
  })
  @ApiParameters(GapsParameters, [400, 401, 403, 503])
  async gaps(@Query() query: unknown) {
    const { from = dayOf(instantOf(this.clock.now())), to } = readGaps(query);
    const first = numberOfDay(from);
    const last = to === undefined ? Math.min(first + DEFAULT_DAYS, numberOfDay(LAST_DAY)) : numberOfDay(to);
    const span = spanWithin(from, dayOfNumber(last), MOST_COMPARED_DAYS);
    return { ...span, items: await this.rosters.gaps(span) };
  }
}
