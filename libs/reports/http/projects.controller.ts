import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { findApplication } from '#libs/county/approval';
import { dayOf, type Lamp } from '#libs/law/calendar';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import {
  type AllowedAct,
  ApiParameters,
  Clock,
  CurrentActor,
  ListParameters,
  notFound,
  notYours,
  pageOf,
  parametersReader,
  question,
  Roles,
  OptionalName,
  OptionalSeveralOf,
  severalIn,
  AsOf,
  report,
  type SignedInRequest,
} from '#libs/shell/nest';
import { type Campaign, CAMPAIGNS } from '#libs/county/project';
import { AllowedProjectActs } from '#libs/county/project/http';
import { hiddenOf, seesAll, seesApplication, type Visibility } from '#libs/county/sight';
import { SightOf } from '#libs/county/sight/http';
import { IsIn, IsOptional } from 'class-validator';
import { type FastifyReply } from 'fastify';
import { OptionalRegion } from './board.parameters.js';
import { type ProjectDocument } from '../project/project.document.js';
import {
  findProject,
  listProjects,
  type NumberedProject as NumberedProjectAnswer,
  numberedProject,
  PROJECT_ORDERS,
  type ProjectOrder,
  type ProjectsQuery,
} from '../project/project.query.js';
import { lampsOf, type ProjectStanding, projectStandings } from '../finding/project-rows.query.js';
import { shownPart, shownTo } from '../project/shown-project.js';
import { projectNextSteps } from '../project/next-steps.query.js';
import { toldPage } from '../timeline/timeline-content.js';
import { applicationTimeline, projectTimeline, type TimelineOptions } from '../timeline/timeline.query.js';
import { visibleProject } from './visible-project.js';

const BOOLEAN = ['true', 'false'] as const;
const LAMPS = ['green', 'yellow', 'red'] as const satisfies readonly Lamp[];

class ProjectsParameters extends ListParameters {
  @OptionalRegion()
  region?: string;
  @OptionalName()
  applicant?: string;
  @IsOptional()
  @IsIn(['open', 'completed'])
  status?: 'open' | 'completed';
  @IsOptional()
  @IsIn(BOOLEAN)
  late?: (typeof BOOLEAN)[number];
  @IsOptional()
  @IsIn(BOOLEAN)
  key?: (typeof BOOLEAN)[number];
  @IsOptional()
  @IsIn(CAMPAIGNS)
  campaign?: Campaign;
  /** Words that are all in the id, the name or the national code of the project. */
  @OptionalName()
  q?: string;
  /** Code of a process template. */
  @OptionalName()
  template?: string;
  /** Account of the leader of a key project. */
  @OptionalName()
  leader?: string;
  /** A department that one of the project's applications is for. */
  @OptionalName()
  department?: string;
  /** The worst lamp of the project's open applications: colours, with commas between them. */
  @OptionalSeveralOf(LAMPS)
  lamp?: string;
  /** By the day of registration or by name; with a minus sign from behind. The last registered first when left out. */
  @IsOptional()
  @IsIn(PROJECT_ORDERS)
  sort?: ProjectOrder;
}

/** A project as the person who asks has it before them. */
type ProjectToActOn = NumberedProjectAnswer & {
  /** Every act on the project, and whether this person may do it now; null while the log cannot be asked. */
  readonly allowed: readonly AllowedAct[] | null;
};

type TimelineQuestion = TimelineOptions & { readonly id: string };

type ProjectsQuestion = Omit<ProjectsQuery, 'chosen'> & { readonly lamps: readonly Lamp[] | undefined };

const ListProjects = question(async (sources, { lamps, ...asked }: ProjectsQuestion) => {
  const { models, calendar } = sources;
  const now = sources.now();
  const page = await listProjects(models, {
    ...asked,
    ...(lamps !== undefined && {
      chosen: async (projects: readonly ProjectDocument[]) =>
        (await lampsOf({ models, now }, projects)).map((lamp) => lamp !== null && lamps.includes(lamp)),
    }),
  });
  const standings = await projectStandings({ models, calendar, now }, page.items);
  return {
    nextCursor: page.nextCursor,
    items: page.items.map((project, index) => listed(project, standings[index])),
  };
});

/** A project of a list. */
type ListedProject = ProjectDocument & ProjectStanding;

function listed(project: ProjectDocument, standing: ProjectStanding | undefined): ListedProject {
  if (standing === undefined) throw new Error(`${project.id} has no standing`);
  const { lamp, waitingFor, forecast, leaderName } = standing;
  return { ...project, lamp, waitingFor, forecast, leaderName };
}

const NumberedProject = question(({ models, now }, project: ProjectDocument) =>
  numberedProject(models, { project, day: dayOf(now()) }),
);
const ProjectTimeline = report(async (sources, { id, ...page }: TimelineQuestion) =>
  toldPage(sources, await projectTimeline(sources.models, id, page)),
);
const ApplicationTimeline = report(async (sources, { id, ...page }: TimelineQuestion) =>
  toldPage(sources, await applicationTimeline(sources.models, id, page)),
);
const ProjectNextSteps = report((sources, project: Pick<ProjectDocument, 'applications'>) =>
  projectNextSteps(sources, { ...project, now: sources.now() }),
);
/** As they were at the point of the past that is asked for; null where they were not there yet. */
const ThenProject = report(({ models }, id: string) => findProject(models, id));
const ThenApplication = report((sources, id: string) => findApplication(sources, id));
const FindTimelineOwner = question((sources, id: string) => findApplication(sources, id));

const readProjects = parametersReader(ProjectsParameters);
const readPage = parametersReader(ListParameters);

@Controller()
@ApiTags('Projects 项目')
@ApiBearerAuth()
@Roles()
export class ProjectsController {
  constructor(
    private readonly queries: QueryBus,
    private readonly clock: Clock,
    private readonly acts: AllowedProjectActs,
  ) {}

  private today(): string {
    return dayOf(new Date(this.clock.now()).toISOString());
  }

  @Get('projects')
  @ApiOperation({ operationId: 'ListProjects', summary: '项目 Projects, latest registered first' })
  @ApiParameters(ProjectsParameters)
  async list(@Query() query: unknown, @CurrentActor() actor: Actor) {
    const { region, applicant, status, late, key, lamp, limit, cursor, ...others } = readProjects(query);
    const sight = await this.queries.execute(SightOf.of(actor));
    const whose = projectsOf(sight, applicant);
    const today = this.today();
    return this.queries.execute(
      ListProjects.of({
        ...pageOf(defined({ limit, cursor })),
        ...defined({ region, applicant: whose, status }),
        ...(late === undefined ? {} : { late: late === 'true' }),
        ...(key === undefined ? {} : { key: key === 'true' }),
        ...defined(others),
        lamps: severalIn(LAMPS, lamp),
        shown: (project) => shownTo(sight, project, today),
      }),
    );
  }

  @Get('projects/:id')
  @ApiOperation({ operationId: 'FindProject', summary: '项目 One project with its applications' })
  @ApiParameters(null, [401, 403, 404, 503])
  async project(
    @Param('id') id: string,
    @CurrentActor() actor: Actor,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProjectToActOn> {
    const { project, sight } = await visibleProject(this.queries, id, actor);
    void reply.header('etag', `"${project.revision}"`);
    const shown = await this.queries.execute(NumberedProject.of(shownPart(sight, project, this.today())));
    return { ...shown, allowed: await this.acts.of(request, id, sight) };
  }

  @Get('projects/:id/timeline')
  @AsOf()
  @ApiOperation({
    operationId: 'ProjectTimeline',
    summary:
      '项目时间线 What happened in a project, who held it before each event, and what each application is waiting for',
  })
  @ApiParameters(ListParameters, [400, 401, 403, 404, 503])
  async projectTimeline(@Param('id') id: string, @Query() query: unknown, @CurrentActor() actor: Actor) {
    const page = pageOf(readPage(query));
    const { project, sight } = await visibleProject(this.queries, id, actor);
    const hidden = hiddenOf(sight, project);
    const then = await this.queries.execute(ThenProject.of(id));
    if (then === null) throw notFound();
    const applications = then.applications.filter(({ application }) => !hidden.includes(application));
    const [timeline, next] = await Promise.all([
      this.queries.execute(ProjectTimeline.of({ id, hidden, ...page })),
      this.queries.execute(ProjectNextSteps.of({ applications })),
    ]);
    return { ...timeline, next };
  }

  @Get('applications/:id/timeline')
  @AsOf()
  @ApiOperation({
    operationId: 'ApplicationTimeline',
    summary: '办件时间线 What happened in one application, and the next step',
  })
  @ApiParameters(ListParameters, [400, 401, 403, 404, 503])
  async applicationTimeline(@Param('id') id: string, @Query() query: unknown, @CurrentActor() actor: Actor) {
    const page = pageOf(readPage(query));
    const application = await this.queries.execute(FindTimelineOwner.of(id));
    if (application === null) throw notFound();
    if (!seesApplication(await this.queries.execute(SightOf.of(actor)), application)) throw notYours();
    const then = await this.queries.execute(ThenApplication.of(id));
    if (then === null) throw notFound();
    const timeline = await this.queries.execute(ApplicationTimeline.of({ id, ...page }));
    return { ...timeline, next: then.next };
  }
}

function refused(): never {
  throw notYours();
}

/**
 * The applicant whose projects are listed: for an office any that it asks for; for others themselves, or the applicant that an
 * agent names and acts for.
 */
function projectsOf(sight: Visibility, asked: string | undefined): string | undefined {
  const { actor, mandates, departments } = sight;
  if (departments.length > 0 || seesAll(sight, 'project')) return asked;
  const named = asked ?? actor.person;
  return named === actor.person || mandates.some(({ applicant }) => applicant === named) ? named : refused();
}
