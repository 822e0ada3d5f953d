import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Lamp } from '#libs/law/calendar';
import { REGION } from '#libs/law/catalogue';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import { isWithoutPost } from '#libs/shell/roles';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notFound,
  notYours,
  pageOf,
  parametersReader,
  question,
  Roles,
  OptionalName,
} from '#libs/shell/nest';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type FastifyReply } from 'fastify';
import { ofDepartment, seesAll, seesApplication, type Visibility, type Whose } from '#libs/county/sight';
import { mustSee, SightOf, whoseList } from '#libs/county/sight/http';
import { agentWorklist } from '../read-models/agency.query.js';
import { type Stage, STAGES } from '../core/stage.js';
import {
  findApplication,
  worklist,
  type WorklistOf,
  type WorklistQuery,
} from '../read-models/worklist.query.js';

class WorklistParameters extends ListParameters {
  @OptionalName()
  department?: string;
  @OptionalName()
  person?: string;
  @IsOptional()
  @Matches(REGION)
  region?: string;
  @IsOptional()
  @IsIn(['green', 'yellow', 'red'])
  lamp?: Lamp;
  @IsOptional()
  @IsIn(STAGES)
  stage?: Stage;
  @IsOptional()
  @IsIn(['true', 'false'])
  open?: 'true' | 'false';
  /** True: applications on which the department's opinion is awaited (征求意见). */
  @IsOptional()
  @IsIn(['true', 'false'])
  awaiting?: 'true' | 'false';
}

type WorklistQuestion = Omit<WorklistQuery, 'now'>;

const FindApplication = question((sources, id: string) => findApplication(sources, id));
const Worklist = question(({ models, now }, question: WorklistQuestion) =>
  worklist(models, { ...question, now: now() }),
);

const OfPrincipals = question(
  (
    { models, now },
    { principals, question }: { readonly principals: readonly string[]; readonly question: WorklistQuestion },
  ) => agentWorklist(models, { ...question, now: now() }, principals),
);

const readWorklist = parametersReader(WorklistParameters);

@Controller()
@ApiTags('Applications 办件')
@ApiBearerAuth()
@Roles()
export class ApprovalController {
  constructor(private readonly queries: QueryBus) {}

  @Get('applications/:id')
  @ApiOperation({
    operationId: 'FindApplication',
    summary: '办件 One application in its current state; the ETag is for If-Match',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async application(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.queries.execute(FindApplication.of(id));
    if (found === null) throw notFound();
    if (!seesApplication(await this.queries.execute(SightOf.of(actor)), found)) throw notYours();
    void reply.header('etag', `"${found.revision}"`);
    return found;
  }

  @Get('worklist')
  @ApiOperation({
    operationId: 'Worklist',
    summary:
      '待办 Cases by due date: your own, those of applicants you act for, your department’s, or a region’s',
  })
  @ApiParameters(WorklistParameters)
  async worklist(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { department, person, region, lamp, stage, open, awaiting, ...page } = readWorklist(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const asked = { department, person, region };
    const question: WorklistQuestion = {
      of: awaiting === 'true' ? awaitedOpinions(sight, asked) : worklistOwner(sight, asked),
      seen: (application) => seesApplication(sight, application),
      ...pageOf(page),
      ...defined({ lamp, stage }),
      ...(open === undefined ? {} : { open: open === 'true' }),
    };
    return this.queries.execute(
      actor.role === 'agent'
        ? OfPrincipals.of({ principals: principalsOf(sight), question })
        : Worklist.of(question),
    );
  }
}

/** The list of awaited opinions of the actor's own department, or of one before it; overseers may name any department. */
function awaitedOpinions(sight: Visibility, asked: Asked): WorklistOf {
  const department = asked.department ?? sight.actor.department;
  if (department === null) throw notYours();
  mustSee(sight, 'awaited-opinion', ofDepartment(department));
  return { awaiting: department, person: asked.person, region: asked.region };
}

type Asked = { readonly [Name in 'department' | 'person' | 'region']: string | undefined };

/**
 * Naming a person asks for that person's desk: anybody may name themselves, a head the people of the department, overseers any
 * person.
 */
function worklistOwner(sight: Visibility, asked: Asked): WorklistOf {
  const { department, person, region } = asked;
  if (seesAll(sight, 'application') || isOwnDesk(sight, person)) return asked;
  const of: Whose = whoseList(sight, 'application', { department });
  if (of === null) return asked;
  if ('applicant' in of) {
    if (isWithoutPost(sight.actor) || (person !== undefined && person !== sight.actor.person))
      throw notYours();
    return { ...of, person, region };
  }
  if (person !== undefined && sight.actor.role !== 'department-head') throw notYours();
  return { ...of, person, region };
}

const principalsOf = ({ mandates }: Visibility): readonly string[] => [
  ...new Set(mandates.map(({ applicant }) => applicant)),
];

const isOwnDesk = ({ actor, departments }: Visibility, person: string | undefined): boolean =>
  person === actor.person && departments.length > 0;
