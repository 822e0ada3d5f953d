import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import {
  ApiParameters,
  CurrentActor,
  invalid,
  ListParameters,
  notFound,
  notYours,
  pageOf,
  parametersReader,
  question,
  Roles,
  OptionalName,
} from '#libs/shell/nest';
import { type Visibility } from '#libs/county/sight';
import { mustSee, seesAll, SightOf, whoseList } from '#libs/county/sight/http';
import { IsIn, IsOptional } from 'class-validator';
import { findRequest, listRequests, type RequestsQuery, type RequestStatus } from '../request.query.js';

class RequestsParameters extends ListParameters {
  /** Default for a department: open. */
  @IsOptional()
  @IsIn(['open', 'answered', 'rated'])
  status?: RequestStatus;
  /** Needs `status`. */
  @OptionalName()
  department?: string;
  /** An enterprise, instead of `status`: for those who oversee, and for its agent. */
  @OptionalName()
  applicant?: string;
  /** Unanswered ones past their day. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

const ListRequests = question(({ models, now }, question: Omit<RequestsQuery, 'now'>) =>
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
  @ApiOperation({
    operationId: 'ListRequests',
    summary: '诉求 Requests: by status, most urgent first, or those of one enterprise, latest first',
  })
  @ApiParameters(RequestsParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { status, department, applicant, overdue, ...page } = readRequests(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const of = requestsShownTo(sight, { status, department, applicant });
    const isOpen = of !== null && 'status' in of && of.status === 'open';
    if (overdue !== undefined && !isOpen) {
      throw invalid('overdue', 'requires status=open', '须与 status=open 一并填写');
    }
    return this.queries.execute(ListRequests.of({ of, overdue: overdue === 'true', ...pageOf(page) }));
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

type Asked = {
  readonly status: RequestStatus | undefined;
  readonly department: string | undefined;
  readonly applicant: string | undefined;
};

function requestsShownTo(sight: Visibility, { status, department, applicant }: Asked): RequestsQuery['of'] {
  if (applicant !== undefined && (status !== undefined || department !== undefined)) {
    throw invalid('applicant', 'cannot be combined with status', '不能与 status 同时使用');
  }
  if (seesAll(sight, 'request') && applicant === undefined) {
    if (status !== undefined) return { status, ...defined({ department }) };
    if (department !== undefined) throw invalid('department', 'needs status', '须与 status 一并填写');
    return null;
  }
  const of = whoseList(sight, 'request', { applicant, department });
  if (of === null || 'department' in of) return of && { status: status ?? 'open', ...of };
  if (status !== undefined) throw notYours();
  return of;
}
