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
import { ofApplicant, sees, type Visibility } from '#libs/county/sight';
import { listToAnswer, mustSee, SightOf } from '#libs/county/sight/http';
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
  @OptionalName()
  department?: string;
  @OptionalName()
  matter?: string;
  /** Who challenged: for those who oversee, themselves, and their agent. */
  @OptionalName()
  applicant?: string;
  /** Open ones past their limit. */
  @IsOptional()
  @IsIn(['true'])
  overdue?: 'true';
}

type Question = Omit<ChallengesQuery, 'now'>;

const ListChallenges = report(({ models, now }, question: Question) =>
  listChallenges(models, { ...question, now: now() }),
);
const FindChallenge = question(({ models, now }, id: string) => findChallenge(models, id, now()));
const readChallenges = parametersReader(ChallengesParameters);

/**
 * Overseers see every challenge, challengers and their agents their own, a department those it has to answer: the question
 * without the name, so that asking is safe.
 */
@Controller('challenges')
@ApiTags('Catalogue 事项目录')
@ApiBearerAuth()
@Roles()
export class ChallengeController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  @AsOf()
  @ApiOperation({
    operationId: 'ListChallenges',
    summary: '对办理条件的异议 Challenges: open ones by due date, or those of a matter, latest first',
  })
  @ApiParameters(ChallengesParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { status, department, matter, applicant, overdue, ...page } = readChallenges(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const asked = { status, department, matter, applicant };
    const shown = listToAnswer(sight, 'challenge', asked, overdue);
    const found = await this.queries.execute(ListChallenges.of({ ...shown, ...pageOf(page) }));
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

/** The challenger's name is shown only to overseers, the challenger and their agent. */
function shownTo(sight: Visibility, { challenger, challengedBy: _, applicant, ...item }: ChallengeItem) {
  return { ...item, challenger: sees(sight, 'challenger', ofApplicant(applicant)) ? challenger : null };
}
