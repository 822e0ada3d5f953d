import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { instantOf } from '#libs/law/calendar';
import { CASE_WORKERS, OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  Clock,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Roles,
} from '#libs/shell/nest';
import { IsOptional, Matches } from 'class-validator';
import { PLAN_RUNNER, PLAN_STREAM, type PlanRunner } from '../campaign.tokens.js';
import { viewOf } from '../plan.query.js';
import { plans } from '../plan.projection.js';

class PlanParameters {
  /** Number of the version; the one in force when left out. */
  @IsOptional()
  @Matches(/^[1-9]\d{0,5}$/)
  version?: string;
}

const ListPlans = question(({ models }, page: ReturnType<typeof pageOf>) =>
  models.find(plans, { index: 'all', ...page }),
);

const readPage = parametersReader(ListParameters);
const readPlan = parametersReader(PlanParameters);

/** Plans are open to everybody in the administration: each finds its own tasks there. */
@Controller('plans')
@ApiTags('Campaign 攻坚')
@ApiBearerAuth()
@Roles(...CASE_WORKERS, ...OVERSEERS)
export class PlanController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    @Inject(PLAN_RUNNER) private readonly plans: PlanRunner,
  ) {}

  @Get()
  @ApiOperation({ operationId: 'ListPlans', summary: '实施方案 Plans, oldest first' })
  @ApiParameters(ListParameters)
  list(@Query() query: unknown) {
    return this.queries.execute(ListPlans.of(pageOf(readPage(query))));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'FindPlan',
    summary: '实施方案 One version of a plan: tasks, owners, deadlines, and the events that discharge them',
  })
  @ApiParameters(PlanParameters, [400, 401, 403, 404, 503])
  async plan(@Param('id') id: string, @Query() query: unknown) {
    const { version } = readPlan(query);
    const { state } = await this.plans.load(PLAN_STREAM + id);
    const now = instantOf(this.clock.now());
    const found = viewOf(state, version === undefined ? null : Number(version), now);
    if (found === null) throw notFound();
    return found;
  }
}
