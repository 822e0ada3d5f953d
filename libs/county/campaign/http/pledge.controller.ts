import { defined } from '#libs/engine/event-sourcing';
import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CASE_WORKERS, OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  ListParameters,
  notFound,
  OptionalName,
  pageOf,
  parametersReader,
  Roles,
  AsOf,
  report,
  addressOf,
  restingOn,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { pledges } from '../pledge.projection.js';
import {
  findPledge,
  listPledges,
  PLEDGE_STATUSES,
  type PledgesQuestion,
  type PledgeStatus,
} from '../pledge.query.js';

class PledgesParameters extends ListParameters {
  @IsOptional()
  @IsIn(PLEDGE_STATUSES)
  status?: PledgeStatus;
  @OptionalName()
  department?: string;
}

const FIGURES = {
  ...{ projection: pledges.model, formula: 'pledges/1' },
  query: addressOf('/audit', { type: 'PledgeMade' }),
  figures: ['items.indicator.target', 'items.fulfilment.value'],
};
const ListPledges = report(async (sources, question: PledgesQuestion) => ({
  ...(await listPledges(sources.models, question, sources.now())),
  ...(await restingOn(sources, [pledges], [FIGURES])),
}));
const FindPledge = report(({ models, now }, id: string) => findPledge(models, id, now()));

const readPledges = parametersReader(PledgesParameters);

/** What was promised is open to everybody in the administration. */
@Controller('pledges')
@ApiTags('Campaign 攻坚')
@ApiBearerAuth()
@Roles(...CASE_WORKERS, ...OVERSEERS)
export class PledgeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AsOf()
  @ApiOperation({
    operationId: 'ListPledges',
    summary: '表态台账 Pledges by deadline, overdue ones included',
  })
  @ApiParameters(PledgesParameters)
  list(@Query() query: unknown) {
    const { status, department, ...page } = readPledges(query);
    return this.queries.execute(ListPledges.of({ ...pageOf(page), ...defined({ status, department }) }));
  }

  @Get(':id')
  @AsOf()
  @ApiOperation({
    operationId: 'FindPledge',
    summary: '表态 One pledge, with the evidence of its fulfilment',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async one(@Param('id') id: string) {
    const found = await this.queries.execute(FindPledge.of(id));
    if (found === null) throw notFound();
    return found;
  }
}
