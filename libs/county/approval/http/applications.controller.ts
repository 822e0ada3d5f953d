import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type Actor } from '#libs/engine/event-sourcing';
import { isWithoutPost } from '#libs/shell/roles';
import {
  type AllowedAct,
  ApiParameters,
  CurrentActor,
  notFound,
  notYours,
  parametersReader,
  question,
  Roles,
  type SignedInRequest,
} from '#libs/shell/nest';
import { type FastifyReply } from 'fastify';
import { ofDepartment, seesAll, seesApplication, type Visibility, type Whose } from '#libs/county/sight';
import { mustSee, SightOf, whoseList } from '#libs/county/sight/http';
import { type WorklistOf } from '../read-models/worklist.filter.js';
import { type ShownContent, shownContent } from '../read-models/content.query.js';
import { AllowedActs } from './allowed-acts.js';
import { type ApplicationAnswer, findApplication } from '../read-models/worklist.query.js';
import { WorklistParameters, worklistAsked } from './worklist.parameters.js';
import { AskWorklist } from './worklist.question.js';

/** An application as the person who asks has it before them. */
type ShownApplication = ApplicationAnswer &
  ShownContent & {
    /** Every act, and whether this person may do it now; null while the log cannot be asked. */
    readonly allowed: readonly AllowedAct[] | null;
  };

const ContentOf = question((sources, shown: { readonly id: string; readonly revision: string }) =>
  shownContent(sources, shown),
);
const FindApplication = question((sources, id: string) => findApplication(sources, id));
const readWorklist = parametersReader(WorklistParameters);

@Controller()
@ApiTags('Applications 办件')
@ApiBearerAuth()
@Roles()
export class ApprovalController {
  constructor(
    private readonly queries: QueryBus,
    private readonly acts: AllowedActs,
  ) {}

  @Get('applications/:id')
  @ApiOperation({
    operationId: 'FindApplication',
    summary: '办件 One application in its current state; the ETag is for If-Match',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async application(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ShownApplication> {
    const found = await this.queries.execute(FindApplication.of(id));
    if (found === null) throw notFound();
    const sight = await this.queries.execute(SightOf.of(actor));
    if (!seesApplication(sight, found)) throw notYours();
    void reply.header('etag', `"${found.revision}"`);
    const [content, allowed] = await Promise.all([
      this.queries.execute(ContentOf.of(found)),
      this.acts.of(request, found, sight),
    ]);
    return { ...found, ...content, allowed };
  }

  @Get('worklist')
  @ApiOperation({
    operationId: 'Worklist',
    summary:
      '待办 Cases by due date: your own, those of applicants you act for, your department’s, or a region’s',
  })
  @ApiParameters(WorklistParameters)
  async worklist(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const parameters = readWorklist(query);
    const { department, person, region, applicant, awaiting, actedBy } = parameters;
    const sight = await this.queries.execute(SightOf.of(actor));
    const asked = { department, person, region };
    const of = awaiting === 'true' ? awaitedOpinions(sight, asked) : worklistOwner(sight, asked, actedBy);
    return this.queries.execute(
      AskWorklist.of({
        ...worklistAsked(parameters),
        of: ofApplicantAsked(sight, of, applicant),
        seen: (application) => seesApplication(sight, application),
        principals: actor.role === 'agent' ? principalsAsked(sight, applicant) : null,
      }),
    );
  }
}

/** The same list, of one applicant: those outside may name only themselves, and an agent whom they act for. */
function ofApplicantAsked(sight: Visibility, of: WorklistOf, applicant: string | undefined): WorklistOf {
  if (applicant === undefined || sight.actor.role === 'agent') return of;
  if (of.applicant !== undefined && of.applicant !== applicant) throw notYours();
  return { ...of, applicant };
}

function principalsAsked(sight: Visibility, applicant: string | undefined): readonly string[] {
  const principals = principalsOf(sight);
  if (applicant === undefined) return principals;
  if (!principals.includes(applicant)) throw notYours();
  return [applicant];
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
 * person. What a person has acted on is asked for by the same, wherever it is now.
 */
function worklistOwner(sight: Visibility, asked: Asked, actedBy: string | undefined): WorklistOf {
  const { department, person, region } = asked;
  const { actor } = sight;
  const mayNameAnyone = seesAll(sight, 'application') || actor.role === 'department-head';
  if (actedBy !== undefined && actedBy !== actor.person && !mayNameAnyone) throw notYours();
  if (seesAll(sight, 'application') || isOwnDesk(sight, person)) return asked;
  if (actedBy !== undefined && department === undefined && sight.departments.length > 0) return asked;
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
