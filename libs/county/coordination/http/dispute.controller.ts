import { defined } from '#libs/engine/event-sourcing';
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
  Roles,
  AsOf,
  report,
  restingOn,
} from '#libs/shell/nest';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { disputes } from '../dispute.projection.js';
import { type DisputesQuery, findDispute, listDisputes } from '../dispute.query.js';

class DisputesParameters extends ListParameters {
  @IsOptional()
  @IsIn(['open', 'ruled'])
  status?: 'open' | 'ruled';
  @IsOptional()
  @Matches(/^[A-Z][A-Z0-9]*-[0-9]+$/)
  matter?: string;
}

/** A dispute is not a figure: what was said in it lies in its own events. */
const ListDisputes = report(async (sources, question: Omit<DisputesQuery, 'now'>) => ({
  ...(await listDisputes(sources.models, { ...question, now: sources.now() })),
  ...(await restingOn(sources, [disputes], [])),
}));
const FindDispute = report(({ models, now }, id: string) => findDispute(models, id, now()));

const readDisputes = parametersReader(DisputesParameters);

/** Disputes are open to everybody in the administration: what was ruled for one application teaches the next. */
@Controller('disputes')
@ApiTags('Coordination 协调')
@ApiBearerAuth()
@Roles(...CASE_WORKERS, ...OVERSEERS)
export class DisputeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AsOf()
  @ApiOperation({ operationId: 'ListDisputes', summary: '职能争议 Disputes by the due day of their ruling' })
  @ApiParameters(DisputesParameters)
  list(@Query() query: unknown) {
    const { status, matter, ...page } = readDisputes(query);
    return this.queries.execute(ListDisputes.of({ ...pageOf(page), ...defined({ status, matter }) }));
  }

  @Get(':id')
  @AsOf()
  @ApiOperation({ operationId: 'FindDispute', summary: '职能争议 One dispute with positions and ruling' })
  @ApiParameters(null, [401, 403, 404, 503])
  async one(@Param('id') id: string) {
    const found = await this.queries.execute(FindDispute.of(id));
    if (found === null) throw notFound();
    return found;
  }
}
