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
import { mustSee, ofApplicant, sees, seesAll, SightOf, whoseList } from '#libs/county/sight/http';
import { IsIn, IsOptional } from 'class-validator';
import {
  type ChallengeItem,
  type ChallengesQuery,
  type ChallengeStatus,
  findChallenge,
  listChallenges,
} from '../challenge.query.js';

class ChallengesParameters extends ListParameters {
  @IsOptional()
  @IsIn(['open', 'answered', 'withdrawn'])
  status?: ChallengeStatus;
  /** Needs `status`. */
  @OptionalName()
  department?: string;
  /** Instead of `status`. */
  @OptionalName()
  matter?: string;
  /** Who challenged, instead of `status`: for those who oversee, and for their agent. */
  @OptionalName()
  applicant?: string;
  /** Open ones past their limit. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

type Question = Omit<ChallengesQuery, 'now'>;

const ListChallenges = question(({ models, now }, question: Question) =>
  listChallenges(models, { ...question, now: now() }),
);
const FindChallenge = question(({ models, now }, id: string) => findChallenge(models, id, now()));
const readChallenges = parametersReader(ChallengesParameters);

/**
 * Overseers see every challenge, challengers and their agents their own, a department those it has to answer: what is asked and
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
    summary: '对办理条件的异议 Challenges: open ones by due date, or those of a matter, latest first',
  })
  @ApiParameters(ChallengesParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { status, department, matter, applicant, overdue, ...page } = readChallenges(query);
    if (overdue !== undefined && (status !== 'open' || matter !== undefined || applicant !== undefined)) {
      throw invalid('overdue', 'requires status=open', '须与 status=open 一并填写');
    }
    if (status !== undefined && matter !== undefined) {
      throw invalid('matter', 'cannot be combined with status', '不能与 status 同时使用');
    }
    if (department !== undefined && status === undefined) {
      throw invalid('department', 'needs status', '须与 status 一并填写');
    }
    if (applicant !== undefined && (status !== undefined || matter !== undefined)) {
      throw invalid(
        'applicant',
        'cannot be combined with status or matter',
        '不能与 status 或 matter 同时使用',
      );
    }
    const sight = await this.queries.execute(SightOf.of(actor));
    const of = challengesShownTo(sight, { status, department, matter, applicant });
    const found = await this.queries.execute(
      ListChallenges.of({ of, overdue: overdue === 'true', ...pageOf(page) }),
    );
    return { ...found, items: found.items.map((item) => shownTo(sight, item)) };
  }

  @Get(':id')
  @ApiOperation({
    operationId: 'FindChallenge',
    summary: '对办理条件的异议 One challenge, its limit and its answer',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async challenge(@Param('id') id: string, @CurrentActor() actor: Actor) {
    const found = await this.queries.execute(FindChallenge.of(id));
    if (found === null) throw notFound();
    const sight = await this.queries.execute(SightOf.of(actor));
    // A challenge belongs to no project: a mandate for one project does not show it.
    mustSee(sight, 'challenge', { ...ofApplicant(found.applicant), departments: [found.department] });
    return shownTo(sight, found);
  }
}

type Asked = {
  readonly status: ChallengeStatus | undefined;
  readonly department: string | undefined;
  readonly matter: string | undefined;
  readonly applicant: string | undefined;
};

function challengesShownTo(
  sight: Visibility,
  { status, department, matter, applicant }: Asked,
): Question['of'] {
  if (applicant === undefined && seesAll(sight, 'challenge')) {
    if (matter !== undefined) return { matter };
    if (status !== undefined) return { status, ...defined({ department }) };
    return null;
  }
  if (matter !== undefined) throw notYours();
  const of = whoseList(sight, 'challenge', { applicant, department });
  if (of === null || 'department' in of) return of && { status: status ?? 'open', ...of };
  if (status !== undefined) throw notYours();
  return of;
}

/** For others than overseers, the challenger and their agent, the challenger is nobody. */
function shownTo(sight: Visibility, { challenger, challengedBy: _, applicant, ...item }: ChallengeItem) {
  return { ...item, challenger: sees(sight, 'challenger', ofApplicant(applicant)) ? challenger : null };
}
