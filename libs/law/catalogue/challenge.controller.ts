import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { dayOf } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { departmentsOf } from '#libs/county/identity';
import {
  ApiParameters,
  CurrentActor,
  invalid,
  ListParameters,
  notFound,
  notYours,
  oversees,
  pageOf,
  parametersReader,
  plainQuery,
  Roles,
  OptionalName,
} from '#libs/shell/nest';
import { IsIn, IsOptional } from 'class-validator';
import {
  type ChallengeItem,
  type ChallengesQuery,
  type ChallengeStatus,
  findChallenge,
  listChallenges,
} from './challenge.query.js';

export class ChallengesParameters extends ListParameters {
  @IsOptional()
  @IsIn(['open', 'answered', 'withdrawn'])
  status?: ChallengeStatus;
  /** Needs `status`. */
  @OptionalName()
  department?: string;
  /** Instead of `status`. */
  @OptionalName()
  matter?: string;
  /** Open ones past their limit. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

type Question = Omit<ChallengesQuery, 'now'>;

const ListChallenges = plainQuery('ListChallenges', ({ models, now }, question: Question) =>
  listChallenges(models, { ...question, now: now() }),
);
const FindChallenge = plainQuery('FindChallenge', ({ models, now }, id: string) =>
  findChallenge(models, id, now()),
);
/** Departments whose challenges are the actor's to answer; empty for nobody's. */
const AnsweredBy = plainQuery(
  'DepartmentsAnsweredBy',
  async ({ models, now }, { department }: Actor): Promise<readonly string[]> =>
    department === null ? [] : departmentsOf(models, department, dayOf(now())),
);

export const challengeQueries = [ListChallenges, FindChallenge, AnsweredBy].map((query) => query.handler);

const readChallenges = parametersReader(ChallengesParameters);

/**
 * Overseers see every challenge, who challenges the own ones, a department those it has to answer: what is asked and
 * not by whom, so that nobody need fear to ask.
 */
@Controller('challenges')
@ApiTags('Catalogue 事项目录')
@ApiBearerAuth()
@Roles()
export class ChallengeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @ApiOperation({
    operationId: 'ListChallenges',
    summary: '门槛质疑 Challenges: open ones by due date, or those of a matter, the last first',
  })
  @ApiParameters(ChallengesParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { status, department, matter, overdue, ...page } = readChallenges(query);
    if (overdue !== undefined && (status !== 'open' || matter !== undefined)) {
      throw invalid('overdue', 'goes with status=open', '须与 status=open 一起使用');
    }
    if (status !== undefined && matter !== undefined) {
      throw invalid('matter', 'cannot be combined with status', '不能与 status 同时使用');
    }
    if (department !== undefined && status === undefined) {
      throw invalid('department', 'needs status', '须与 status 一起使用');
    }
    const own = await this.queries.execute(AnsweredBy.of(actor));
    const of = whose(actor, { status, department, matter }, own);
    const found = await this.queries.execute(
      ListChallenges.of({ of, overdue: overdue === 'true', ...pageOf(page) }),
    );
    return { ...found, items: found.items.map((item) => shownTo(actor, item)) };
  }

  @Get(':id')
  @ApiOperation({ operationId: 'FindChallenge', summary: '门槛质疑 One challenge, its limit and its answer' })
  @ApiParameters(null, [401, 403, 404, 503])
  async challenge(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const found = await this.queries.execute(FindChallenge.of(id));
    if (found === null) throw notFound();
    const own = await this.queries.execute(AnsweredBy.of(actor));
    const concerned =
      oversees(actor) ||
      found.challengedBy === actor.person ||
      (own.length > 0 && (found.department === null || own.includes(found.department)));
    if (!concerned) throw notYours();
    return shownTo(actor, found);
  }
}

type Asked = {
  readonly status: ChallengeStatus | undefined;
  readonly department: string | undefined;
  readonly matter: string | undefined;
};

function whose(actor: Actor, { status, department, matter }: Asked, own: readonly string[]): Question['of'] {
  if (oversees(actor)) {
    if (matter !== undefined) return { matter };
    if (status !== undefined) return { status, ...(department === undefined ? {} : { department }) };
    return null;
  }
  if (actor.department === null) {
    if (status !== undefined || department !== undefined || matter !== undefined) throw notYours();
    return { challenger: actor.person };
  }
  const asked = department ?? actor.department;
  if (matter !== undefined || !own.includes(asked)) throw notYours();
  return { status: status ?? 'open', department: asked };
}

/** For others than overseers and the challenger, the challenger is nobody. */
function shownTo(actor: Actor, { challenger, challengedBy, ...item }: ChallengeItem) {
  const known = oversees(actor) || challengedBy === actor.person;
  return { ...item, challenger: known ? challenger : null };
}
