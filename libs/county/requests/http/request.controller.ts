import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notFound,
  pageOf,
  parametersReader,
  question,
  Roles,
  OptionalName,
  AsOf,
  report,
} from '#libs/shell/nest';
import { listToAnswer, mustSee, SightOf } from '#libs/county/sight/http';
import { IsIn, IsOptional } from 'class-validator';
import { findRequest, listRequests, type RequestsQuery, type RequestStatus } from '../request.query.js';

class RequestsParameters extends ListParameters {
  /** Default for a department: open. */
  @IsOptional()
  @IsIn(['open', 'answered', 'rated'])
  status?: RequestStatus;
  @OptionalName()
  department?: string;
  /** An enterprise: for those who oversee, itself, and its agent. */
  @OptionalName()
  applicant?: string;
  /** Unanswered ones past their day. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

const ListRequests = report(({ models, now }, question: Omit<RequestsQuery, 'now'>) =>
  listRequests(models, { ...question, now: now() }),
);
const FindRequest = question(({ models, now }, id: string) => findRequest(models, id, now()));

const readRequests = parametersReader(RequestsParameters);

/** Overseers see every request, an enterprise and its agents their own, a department those it has to answer. */
@Controller('requests')
@ApiTags('Requests 诉求')
@ApiBearerAuth()
@Roles()
export class RequestController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AsOf()
  @ApiOperation({
    operationId: 'ListRequests',
    summary: '诉求 Requests: by status, most urgent first, or those of one enterprise, latest first',
  })
  @ApiParameters(RequestsParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { status, department, applicant, overdue, ...page } = readRequests(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const shown = listToAnswer(sight, 'request', { status, department, applicant }, overdue);
    return this.queries.execute(ListRequests.of({ ...shown, ...pageOf(page) }));
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'FindRequest',
    summary: '诉求 One request with its due day, answer and rating',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async one(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const found = await this.queries.execute(FindRequest.of(id));
    if (found === null) throw notFound();
    const { applicant, department } = found;
    // A request belongs to no project: a mandate for one project does not show it.
    const thing = { parties: [applicant], project: null, departments: [department] };
    mustSee(await this.queries.execute(SightOf.of(actor)), 'request', thing);
    return found;
  }
}
