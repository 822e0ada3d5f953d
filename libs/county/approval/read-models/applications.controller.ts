import { type Actor } from '#libs/engine/event-sourcing';
import { type Lamp } from '#libs/law/calendar';
import { EVERYWHERE } from '#libs/law/catalogue';
import {
  ApiParameters,
  CurrentActor,
  ListParameters,
  notFound,
  notYours,
  OptionalName,
  oversees,
  pageOf,
  parametersReader,
  plainQuery,
  Roles,
} from '#libs/shell/nest';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, Matches } from 'class-validator';
import { type FastifyReply } from 'fastify';
import { type Stage, STAGES } from '../core/stage.js';
import { agentWorklist, mandatesOf } from './agency.query.js';
import { maySee, type Sight, sightOf } from './sight.query.js';
import { findApplication, worklist, type WorklistOf, type WorklistQuery } from './worklist.query.js';

export class WorklistParameters extends ListParameters {
  @OptionalName()
  department?: string;
  @OptionalName()
  person?: string;
  @IsOptional()
  @Matches(/^(\d{6}|\d{9}|\d{12})$/)
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
  /** True: cases on which the department's opinion is awaited (征求意见). */
  @IsOptional()
  @IsIn(['true', 'false'])
  awaiting?: 'true' | 'false';
}

type WorklistQuestion = Omit<WorklistQuery, 'now'>;

const FindApplication = plainQuery('FindApplication', (sources, id: string) => findApplication(sources, id));

const Worklist = plainQuery('Worklist', ({ models, now }, question: WorklistQuestion) =>
  worklist(models, { ...question, now: now() }),
);

/** In whose place the one who asks may look now. */
export const SightOf = plainQuery('SightOf', (sources, actor: Actor) => sightOf(sources, actor));

const OfPrincipals = plainQuery(
  'OfPrincipals',
  async (sources, { actor, question }: { readonly actor: Actor; readonly question: WorklistQuestion }) => {
    const { models, now } = sources;
    return agentWorklist(models, { ...question, now: now() }, await mandatesOf(sources, actor));
  },
);

export const approvalQueries = [FindApplication, Worklist, SightOf, OfPrincipals].map(
  (query) => query.handler,
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
    summary: '办件 One application as it stands; ETag for If-Match',
  })
  @ApiParameters(null, [401, 403, 404, 503])
  async application(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const found = await this.queries.execute(FindApplication.of(id));
    if (found === null) throw notFound();
    if (!maySee(actor, found, await this.queries.execute(SightOf.of(actor)))) throw notYours();
    void reply.header('etag', `"${found.revision}"`);
    return found;
  }

  @Get('worklist')
  @ApiOperation({
    operationId: 'Worklist',
    summary:
      '待办 Cases by due date: one’s own, those of whom one acts for, one’s department’s, or a region’s',
  })
  @ApiParameters(WorklistParameters)
  async worklist(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { department, person, region, lamp, stage, open, awaiting, ...page } = readWorklist(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const asked = { department, person, region };
    const question: WorklistQuestion = {
      of: awaiting === 'true' ? awaitedFrom(actor, department, sight) : whose(actor, asked, sight),
      ...pageOf(page),
      ...(lamp === undefined ? {} : { lamp }),
      ...(stage === undefined ? {} : { stage }),
      ...(open === undefined ? {} : { open: open === 'true' }),
    };
    return this.queries.execute(
      actor.role === 'agent' ? OfPrincipals.of({ actor, question }) : Worklist.of(question),
    );
  }
}

/** Whose opinion is awaited: the actor's own department, or one before it; whichever they name, for those who oversee. */
function awaitedFrom(actor: Actor, asked: string | undefined, { departments }: Sight): WorklistOf {
  const department = asked ?? actor.department;
  if (department === null || (!oversees(actor) && !departments.includes(department))) throw notYours();
  return { awaiting: department };
}

type Asked = Pick<WorklistParameters, 'department' | 'person' | 'region'>;

function whose(
  actor: Actor,
  asked: { readonly [Name in keyof Asked]-?: Asked[Name] | undefined },
  { departments }: Sight,
): WorklistOf {
  const { department, person, region } = asked;
  if (oversees(actor)) {
    if (person !== undefined) return { person };
    if (department !== undefined) return { department };
    return { region: region ?? EVERYWHERE };
  }
  if (actor.role === 'applicant' || actor.role === 'agent') {
    if (department !== undefined || region !== undefined) throw notYours();
    if (person !== undefined && person !== actor.person) throw notYours();
    return { applicant: actor.person };
  }
  if (actor.department === null || region !== undefined) throw notYours();
  if (department !== undefined && !departments.includes(department)) throw notYours();
  if (person === undefined) return { department: department ?? actor.department };
  if (person !== actor.person) throw notYours();
  return { person };
}
