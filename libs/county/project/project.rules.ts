import { cited, licensing } from '#libs/law/citations';
import { ID, type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import { isOutside } from '#libs/shell/roles';
import {
  type ApplicantFacts,
  type CorrectApplicant,
  type NameApplicant,
  type NamingFacts,
  type ProjectOpening,
  type RegisterProject,
  type RegistrationFacts,
} from './project.commands.js';
import { type OpenedApplication } from './opened-application.js';
import { type ProjectRegistered } from './project.events.js';
import { type ProjectViolation } from './project.messages.js';
import { type StageFacts, type SubmitStage } from './stage-submission.commands.js';
import { type RegisteredProject } from './project.state.js';

export function refuse(
  code: ProjectViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}

/** A project runs under a published template. */
export function templateMustExist(
  { template }: RegisterProject,
  { opening }: RegistrationFacts,
): ProjectOpening {
  return opening ?? refuse('project.unknown-template', { template }, 'input');
}

/** `{project}-{matter}` is an id too, and keeps the limit of one. */
export function applicationIdsMustFit(project: string, applications: readonly OpenedApplication[]): void {
  for (const { application } of applications) {
    if (!ID.test(application)) refuse('project.id-too-long', { project, application }, 'input');
  }
}

/** A stage of the project's template, with its applications; the template opened no others. */
export function stageMustExist(
  { project, applications }: ProjectRegistered['data'],
  stage: string,
): readonly OpenedApplication[] {
  const opened = applications.filter((one) => one.stage === stage);
  return opened.length > 0 ? opened : refuse('project.no-such-stage', { project, stage }, 'input');
}

/** A form is for something: a stage whose applications are all submitted needs none. */
export function stageMustNotBeSubmitted(
  { id: project, stage }: SubmitStage,
  { applications }: StageFacts,
): void {
  if (applications.length === 0) refuse('project.stage-submitted', { project, stage }, 'state');
}

/**
 * The applicant of a project: the caller, an agent's principal (行政许可法 Art. 29), or the person that the acting office names;
 * null if it names none, since an office is never the applicant.
 */
export function applicantOf({
  applicant,
  meta: { actor, onBehalfOf },
}: Pick<RegisterProject | NameApplicant, 'applicant' | 'meta'>): string | null {
  const { person, role } = actor;
  if (role === 'applicant') {
    if (applicant === undefined || applicant === person) return person;
    return refuse('project.other-applicant', { person, applicant }, 'permission', cited(licensing(29)));
  }
  if (role === 'agent') {
    const principal = onBehalfOf?.person;
    if (principal === undefined) {
      return refuse('project.mandate-missing', { person }, 'permission', cited(licensing(29)));
    }
    if (applicant === undefined || applicant === principal) return principal;
    return refuse('project.other-applicant', { person, applicant }, 'permission', cited(licensing(29)));
  }
  return applicant ?? null;
}

/**
 * No one can claim a project: the office that registered it, or its successor, names the applicant. A project registered by its
 * applicant is theirs.
 */
export function mayNameApplicant(
  { registered: { project }, registrar }: RegisteredProject,
  { meta: { actor } }: NameApplicant | CorrectApplicant,
  { competent }: NamingFacts,
): void {
  if (!isOutside(actor.role) && registrar !== undefined && actor.department === competent) return;
  const params = { project, registrar: registrar ?? '—', person: actor.person };
  refuse('project.not-the-registrar', params, 'permission', cited(licensing(29)));
}

/** Until an organ has accepted something of the project (受理): from then on the named applicant is party to a procedure. */
export function mayCorrectApplicant(
  { registered: { project, applicant } }: RegisteredProject,
  { accepted }: ApplicantFacts,
): string {
  if (accepted !== null) refuse('project.accepted', { project, application: accepted }, 'state');
  return applicant ?? refuse('project.applicant-unnamed', { project }, 'state');
}

/** If the project has no applicant, one must be named. */
export function applicantMustBeNamed(command: NameApplicant): string {
  const applicant = applicantOf(command);
  if (applicant !== null) return applicant;
  return refuse('project.applicant-missing', { project: command.id }, 'input', cited(licensing(29)));
}
