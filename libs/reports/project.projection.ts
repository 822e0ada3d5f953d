import { type ApplicationEvent, type StoppedClock } from '#libs/approval';
import { regionAndAncestors } from '#libs/catalogue';
import { projection, type Recorded } from '#libs/event-sourcing';
import {
  type Campaign,
  type OpenedApplication,
  type ProjectEvent,
  type ProjectRegistered,
} from '#libs/project';
import { campaignTally } from './campaign.tally.js';
import { overviewTally } from './overview.tally.js';

/** One application of a project, as far as the project needs to know it. */
export type ProjectApplication = OpenedApplication & {
  readonly status: 'not-submitted' | 'running' | 'ended';
  readonly submittedAt: string | null;
  readonly endedAt: string | null;
  /**
   * `granted`, `refused`, `not-accepted`, `withdrawn`, or the outcome of a closure; null while it runs. What became of a
   * permit afterwards takes its place: `recalled`, `revoked`, `cancelled`.
   */
  readonly outcome: string | null;
  /** Ended after its promised term; null when nothing was promised, or while it runs. */
  readonly late: boolean | null;
};

/** One project with where each of its applications stands. Instants are ISO 8601 in UTC. */
export type ProjectDocument = {
  readonly id: string;
  readonly name: string;
  readonly template: string;
  readonly templateVersion: number;
  readonly region: string;
  /** The region and all it rolls up to, `000000` (everywhere) first. */
  readonly regions: readonly string[];
  /** Null until it is known who applies. */
  readonly applicant: string | null;
  readonly nationalCode: string | null;
  readonly investment: string | null;
  readonly source: string | null;
  readonly registeredAt: string;
  readonly keyProject: { readonly leader: string; readonly reason: string; readonly since: string } | null;
  /** Regions in whose list of key projects it stands: all of its regions, or none. */
  readonly keyIn: readonly string[];
  /** The other campaigns it serves. */
  readonly campaigns: readonly Campaign[];
  readonly applications: readonly ProjectApplication[];
  /** Completed when every application that its template opened has ended. */
  readonly status: 'open' | 'completed';
  readonly completedAt: string | null;
  /** True as soon as one application ended after its promised term. */
  readonly late: boolean;
  /** Revision of the project's own stream. */
  readonly revision: string;
};

function registered(event: Recorded<ProjectRegistered>): ProjectDocument {
  const { data, metadata } = event;
  return {
    id: data.project,
    name: data.name,
    template: data.template,
    templateVersion: data.templateVersion,
    region: data.region,
    regions: regionAndAncestors(data.region),
    applicant: data.applicant,
    nationalCode: data.nationalCode,
    investment: data.investment,
    source: data.source,
    registeredAt: metadata.occurredAt,
    keyProject: null,
    keyIn: [],
    campaigns: [],
    applications: data.applications.map((opened) => ({
      ...opened,
      status: 'not-submitted',
      submittedAt: null,
      endedAt: null,
      outcome: null,
      late: null,
    })),
    status: 'open',
    completedAt: null,
    late: false,
    revision: event.revision.toString(),
  };
}

/** An event of the project's own stream that changes nothing here but the revision. */
function revised(project: ProjectDocument, { revision }: { readonly revision: bigint }): ProjectDocument {
  return { ...project, revision: revision.toString() };
}

/** @throws Error when the project never opened that application: the log is damaged. */
function withApplication(
  project: ProjectDocument,
  application: string,
  change: Partial<ProjectApplication>,
): ProjectDocument {
  let found = false;
  const changed = project.applications.map((one) => {
    if (one.application !== application) return one;
    found = true;
    return { ...one, ...change };
  });
  if (!found) throw new Error(`project ${project.id} has no application ${application}`);
  return { ...project, applications: changed };
}

function withEnded(
  project: ProjectDocument,
  application: string,
  outcome: string,
  endedAt: string,
  late: boolean | null,
): ProjectDocument {
  const after = withApplication(project, application, { status: 'ended', endedAt, outcome, late });
  const completed = after.applications.every(({ status }) => status === 'ended');
  return {
    ...after,
    late: after.late || late === true,
    status: completed ? 'completed' : 'open',
    completedAt: completed ? lastEnd(after.applications) : null,
  };
}

function lastEnd(applications: readonly ProjectApplication[]): string | null {
  return applications.reduce<string | null>(
    (last, { endedAt }) => (last === null || (endedAt !== null && endedAt > last) ? endedAt : last),
    null,
  );
}

type Ending = { readonly application: string; readonly clock: StoppedClock };

function stopped(project: ProjectDocument, { application, clock }: Ending, outcome: string): ProjectDocument {
  return withEnded(project, application, outcome, clock.stoppedAt, clock.latePromised);
}

/** Projects with the state of their applications, and the overview of each region summed from them. */
export const projects = projection<ProjectDocument, ProjectEvent | ApplicationEvent>({
  name: 'projects',
  version: 3,
  model: 'projects',
  indexes: {
    region: { equals: ['regions'], range: 'registeredAt' },
    status: { equals: ['regions', 'status'], range: 'registeredAt' },
    applicant: { equals: ['applicant'], range: 'registeredAt' },
    key: { equals: ['keyIn'], range: 'registeredAt' },
    campaign: { equals: ['campaigns'], range: 'registeredAt' },
  },
  keys: (event) => [event.data.project],
  create: { ProjectRegistered: registered },
  update: {
    ApplicantNamed: (project, { data, revision }) => ({
      ...project,
      applicant: data.applicant,
      revision: revision.toString(),
    }),
    KeyProjectDesignated: (project, { data, metadata, revision }) => ({
      ...project,
      keyProject: { leader: data.leader, reason: data.reason, since: metadata.occurredAt },
      keyIn: project.regions,
      revision: revision.toString(),
    }),
    PreReviewRequested: revised,
    PreReviewGiven: revised,
    StageSubmitted: revised,
    ProjectTagged: (project, { data, revision }) => ({
      ...project,
      campaigns: data.campaigns,
      revision: revision.toString(),
    }),
    ApplicationSubmitted: (project, { data, metadata }) =>
      withApplication(project, data.application, { status: 'running', submittedAt: metadata.occurredAt }),
    ApplicationTransferred: (project, { data }) =>
      withApplication(project, data.application, { department: data.to.department }),
    JurisdictionAssigned: (project, { data }) =>
      withApplication(project, data.application, { department: data.department }),
    AcceptanceRefused: (project, { data, metadata }) =>
      withEnded(project, data.application, 'not-accepted', metadata.occurredAt, null),
    ApplicationApproved: (project, { data }) => stopped(project, data, 'granted'),
    ApplicationRefused: (project, { data }) => stopped(project, data, 'refused'),
    ApplicationWithdrawn: (project, { data }) => stopped(project, data, 'withdrawn'),
    PermitRecalled: (project, { data }) =>
      withApplication(project, data.application, { outcome: 'recalled' }),
    PermitRevoked: (project, { data }) => withApplication(project, data.application, { outcome: 'revoked' }),
    PermitCancelled: (project, { data }) =>
      withApplication(project, data.application, { outcome: 'cancelled' }),
    ApplicationClosed: (project, { data }) => stopped(project, data, data.outcome),
  },
  tallies: [overviewTally, campaignTally],
  weight: 6,
});
