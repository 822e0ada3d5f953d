import {
  type ApplicationEvent,
  type PermitIssued,
  type PermitRenewed,
  type ApplicationSubmitted,
  withCorrectedImports,
} from '#libs/county/approval';
import { regionAndAncestors } from '#libs/law/catalogue';
import { projection, type Recorded } from '#libs/engine/event-sourcing';
import {
  type ApplicantCorrected,
  type ApplicantNamed,
  type ProjectEvent,
  type ProjectRegistered,
  registeredProjects,
} from '#libs/county/project';
import {
  withSuccessor,
  afterTransfer,
  deviationsOfEnd,
  deviationsOfReturn,
  deviationsOfSubmission,
  type Ending,
} from './conformance.rules.js';
import { conformanceTally } from './conformance.tally.js';
import { campaignTally } from './campaign.tally.js';
import { matterAdded, matterStruck, NOT_SUBMITTED, withCompletion } from './matter-updates.js';
import { overviewTally } from './overview.tally.js';
import { type ProjectApplication, type ProjectDocument, type RecordedDeviation } from './project.document.js';

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
      ...NOT_SUBMITTED,
    })),
    status: 'open',
    completedAt: null,
    late: false,
    deviations: [],
    deviatesIn: [],
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
  change: (own: ProjectApplication) => ProjectApplication,
): ProjectDocument {
  let found = false;
  const changed = project.applications.map((one) => {
    if (one.application !== application) return one;
    found = true;
    return change(one);
  });
  if (!found) throw new Error(`project ${project.id} has no application ${application}`);
  return { ...project, applications: changed };
}

/** A new round of a matter comes after the one before, and the project is not complete until it has ended. */
function withRound(
  project: ProjectDocument,
  { application, previousRound }: ApplicationSubmitted['data'],
): ProjectDocument {
  if (previousRound === undefined) return project;
  const applications = project.applications.flatMap((one) =>
    one.application === previousRound ? [one, roundAfter(one, application)] : [one],
  );
  return { ...project, applications, status: 'open', completedAt: null };
}

function roundAfter(before: ProjectApplication, application: string): ProjectApplication {
  const { matter, matterName, stage, department, prerequisites } = before;
  const opened = { application, matter, matterName, stage, department, prerequisites };
  return { ...opened, ...NOT_SUBMITTED, previousRound: before.application };
}

function withEnded(
  project: ProjectDocument,
  application: string,
  outcome: string,
  endedAt: string,
  late: boolean | null,
): ProjectDocument {
  const after = withApplication(project, application, (own) => ({
    ...own,
    status: 'ended',
    endedAt,
    outcome,
    late,
  }));
  return withCompletion({ ...after, late: after.late || late === true });
}

function stopped(project: ProjectDocument, event: Ending, outcome: string): ProjectDocument {
  const { application, clock } = event.data;
  const after = withEnded(project, application, outcome, clock.stoppedAt, clock.latePromised);
  return withDeviations(after, deviationsOfEnd(project, event));
}

function withDeviations(project: ProjectDocument, found: readonly RecordedDeviation[]): ProjectDocument {
  if (found.length === 0) return project;
  return { ...project, deviations: [...project.deviations, ...found], deviatesIn: project.regions };
}

/** What became of a permit after the end of its application. */
const after = (project: ProjectDocument, application: string, outcome: string): ProjectDocument =>
  withApplication(project, application, (own) => ({ ...own, outcome }));

const validUntil = (
  project: ProjectDocument,
  { data }: Recorded<PermitIssued | PermitRenewed>,
): ProjectDocument =>
  withApplication(project, data.application, ({ renewing: _, ...own }) => ({
    ...own,
    validUntil: data.validUntil,
  }));

const ofApplicant = (
  project: ProjectDocument,
  { data, revision }: Recorded<ApplicantNamed | ApplicantCorrected>,
): ProjectDocument => ({ ...project, applicant: data.applicant, revision: revision.toString() });

const fromEvents = projection<ProjectDocument, ProjectEvent | ApplicationEvent>({
  name: 'projects',
  version: 12,
  model: registeredProjects.model,
  indexes: {
    region: { equals: ['regions'], range: 'registeredAt' },
    status: { equals: ['regions', 'status'], range: 'registeredAt' },
    applicant: { equals: ['applicant'], range: 'registeredAt' },
    code: { equals: ['nationalCode'], present: 'nationalCode' },
    key: { equals: ['keyIn'], range: 'registeredAt' },
    campaign: { equals: ['campaigns'], range: 'registeredAt' },
    name: { equals: ['regions'], range: 'name' },
    deviating: { equals: ['deviatesIn'], range: 'registeredAt' },
  },
  keys: (event) => [event.data.project],
  create: { ProjectRegistered: registered },
  update: {
    ApplicantNamed: ofApplicant,
    ApplicantCorrected: ofApplicant,
    KeyProjectDesignated: (project, { data, metadata, revision }) => ({
      ...project,
      keyProject: { leader: data.leader, reason: data.reason, since: metadata.occurredAt },
      keyIn: project.regions,
      revision: revision.toString(),
    }),
    PreReviewRequested: revised,
    PreReviewGiven: revised,
    StageSubmitted: revised,
    QuestionnaireAnswered: (project, event) => ({ ...revised(project, event), answers: event.data.answers }),
    ProjectMatterAdded: matterAdded,
    ProjectMatterStruck: matterStruck,
    ProjectTagged: (project, { data, revision }) => ({
      ...project,
      campaigns: data.campaigns,
      revision: revision.toString(),
    }),
    ApplicationSubmitted: (before, event) => {
      const project = withRound(before, event.data);
      return withDeviations(
        withApplication(project, event.data.application, (own) => ({
          ...own,
          status: 'running',
          department: event.data.department,
          submittedAt: event.metadata.occurredAt,
        })),
        deviationsOfSubmission(project, event),
      );
    },
    ApplicationTransferred: (project, event) =>
      withApplication(project, event.data.application, (own) => afterTransfer(own, event)),
    JurisdictionAssigned: (project, { data }) =>
      withApplication(project, data.application, ({ movedFrom: _, ...own }) => ({
        ...own,
        department: data.department,
      })),
    ApplicationTakenOver: (project, { data }) =>
      withApplication(project, data.application, (own) => withSuccessor(own, data)),
    ApplicationReturned: (project, event) => withDeviations(project, deviationsOfReturn(project, event)),
    ConsultationRequested: (project, { data }) =>
      withApplication(project, data.application, ({ asked = [], ...own }) => ({
        ...own,
        asked: [...new Set([...asked, ...data.departments])],
      })),
    AcceptanceRefused: (project, { data, metadata }) =>
      withEnded(project, data.application, 'not-accepted', metadata.occurredAt, null),
    ApplicationApproved: (project, event) => stopped(project, event, 'granted'),
    ApplicationRefused: (project, event) => stopped(project, event, 'refused'),
    ApplicationWithdrawn: (project, event) => stopped(project, event, 'withdrawn'),
    PermitIssued: validUntil,
    PermitRenewed: validUntil,
    PermitRenewalApplied: (project, { data }) =>
      withApplication(project, data.application, (own) => ({ ...own, renewing: true })),
    PermitRenewalRefused: (project, { data }) =>
      withApplication(project, data.application, ({ renewing: _, ...own }) => own),
    PermitLapsed: (project, { data }) => after(project, data.application, 'lapsed'),
    // It was used in time, and that was reported late: it has not lapsed.
    PermitUsed: (project, { data }) =>
      withApplication(project, data.application, (own) =>
        own.outcome === 'lapsed' ? { ...own, outcome: 'granted' } : own,
      ),
    PermitRecalled: (project, { data }) => after(project, data.application, 'recalled'),
    PermitRevoked: (project, { data }) => after(project, data.application, 'revoked'),
    PermitCancelled: (project, { data }) => after(project, data.application, 'cancelled'),
    ApplicationClosed: (project, event) => stopped(project, event, event.data.outcome),
  },
  tallies: [overviewTally, campaignTally, conformanceTally],
  weight: 6,
});

/** Projects with the state of their applications, and the overview of each region summed from them. */
export const projects = withCorrectedImports(fromEvents);
