import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import { CASE_WORKERS, OVERSEERS } from '#libs/shell/roles';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  Roles,
  AsOf,
  report,
  addressOf,
  restingOn,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import { seesAll } from '#libs/county/sight';
import { SightOf } from '#libs/county/sight/http';
import { sessions, type SessionStatus } from '../session.projection.js';
import { findSession, listSessions, type SessionsQuery } from '../session.query.js';

const STATUSES: readonly SessionStatus[] = ['scheduled', 'convened', 'open', 'closed', 'missed'];

class SessionsParameters extends ListParameters {
  @IsOptional()
  @IsIn(STATUSES)
  status?: SessionStatus;
}

const FIGURES = {
  ...{ projection: sessions.model, formula: 'sessions/1' },
  query: addressOf('/audit', { type: 'AgendaItemResolved' }),
  figures: ['items.items', 'items.resolved'],
};
const ListSessions = report(async (sources, question: SessionsQuery) => ({
  ...(await listSessions(sources.models, question)),
  ...(await restingOn(sources, [sessions], [FIGURES])),
}));
const FindSession = report(
  ({ models }, question: { readonly id: string; readonly departments?: readonly string[] }) =>
    findSession(models, question),
);

const readSessions = parametersReader(SessionsParameters);

/** Overseers see every session as a whole; a department sees what concerns it. */
@Controller('sessions')
@ApiTags('Coordination 协调')
@ApiBearerAuth()
@Roles(...CASE_WORKERS, ...OVERSEERS)
export class SessionController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AsOf()
  @ApiOperation({
    operationId: 'ListSessions',
    summary: '联审联办 Joint review sessions, latest first; `alert` marks one that was not held on its day',
  })
  @ApiParameters(SessionsParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { status, ...page } = readSessions(query);
    return this.queries.execute(
      ListSessions.of({ ...pageOf(page), ...defined({ status }), ...(await this.only(actor)) }),
    );
  }

  @Get(':id')
  @AsOf()
  @ApiOperation({
    operationId: 'FindSession',
    summary: '联审联办 One session: agenda, attendance, resolutions',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async one(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const found = await this.queries.execute(FindSession.of({ id, ...(await this.only(actor)) }));
    if (found === null) throw notFound();
    return found;
  }

  private async only(actor: Actor): Promise<{ readonly departments?: readonly string[] }> {
    const sight = await this.queries.execute(SightOf.of(actor));
    return seesAll(sight, 'agenda-item') ? {} : { departments: sight.departments };
  }
}
