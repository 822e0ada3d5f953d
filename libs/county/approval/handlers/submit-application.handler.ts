import { cited, licensing } from '#libs/law/citations';
import { competentOn } from '#libs/county/identity';
import {
  applicantMustBeNamed,
  firstRoundOf,
  matterOfApplication,
  type OpenedApplication,
  previousRoundOf,
  PROJECT_STREAM,
  projectOfApplication,
  type ProjectState,
} from '#libs/county/project';
import { NameApplicant, namingFacts } from '#libs/county/project/http';
import {
  metaOfPart,
  type JsonObject,
  type Receipt,
  RuleViolation,
  type ViolationKind,
  defined,
} from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import {
  extensionOf,
  MATTER_STREAM,
  type MatterDefinition,
  matterOn,
  type MatterVersion,
  statutoryTermOf,
  suspensionsOf,
} from '#libs/law/catalogue';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { BASIS_SEPARATOR } from '../core/terms.js';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { type Asked } from '../consultation/consultation.commands.js';
import { isOver } from '../core/facts.js';
import { isApplicantSide } from '../core/holder.js';
import { STAGE_ZH } from '../core/stage.js';
import { counterOf } from '../intake/counter-hours.js';
import { type Opening, SubmitApplication } from '../intake/intake.commands.js';
import { openingMustFit } from '../intake/intake.rules.js';
import { isOpenToNextRound, standingOf } from '../permit/rounds.rules.js';
import { ApprovalStores } from './approval-stores.js';
import { type LookupViolation } from './lookup.messages.js';

@CommandHandler(SubmitApplication)
export class SubmitApplicationHandler implements ICommandHandler<SubmitApplication> {
  constructor(private readonly stores: ApprovalStores) {}

  /**
   * Only a first submission opens a stream and needs to know what the project and the catalogue say. If the project has no
   * applicant yet, the window of the department that registered it names them; being the first to apply is not enough.
   */
  async execute(command: SubmitApplication, consult?: Asked): Promise<Receipt> {
    const stream = APPLICATION_STREAM + command.id;
    const { state } = await this.stores.applications.load(stream);
    if (state.at !== 'absent') applicantMustBe(state.applicant, command);
    const opening = state.at === 'absent' ? await this.open(command) : null;
    const department = state.at === 'absent' ? (opening?.department ?? null) : state.department;
    const counter = counterOf(this.stores.counterHours, command, department);
    return this.stores.applications.run(stream, command, { opening, ...counter, ...defined({ consult }) });
  }

  /** @throws RuleViolation when there is no such application, its matter may not be asked for, or not by this person. */
  private async open(command: SubmitApplication): Promise<Opening> {
    const { applicant, ...found } = await this.opening(command);
    const naming = nameApplicant(command, found.project);
    if (applicant === null && isApplicantSide(command.meta)) throw notNamed(command, found.project);
    const submitter = applicant ?? applicantMustBeNamed(naming);
    applicantMustBe(submitter, command);
    const opening = { ...found, applicant: submitter };
    // A submission that will be refused must not leave an applicant behind; one pinned to a revision will be.
    openingMustFit(command.id, opening, command.promisedEnd ?? null, command.meta);
    if (applicant === null && command.meta.expectedRevision === null) {
      await this.stores.projects.run(
        PROJECT_STREAM + naming.id,
        naming,
        await namingFacts(naming, this.stores),
      );
    }
    return opening;
  }

  /** The applicant is null while the project has none. */
  private async opening({
    id,
    meta,
  }: SubmitApplication): Promise<Omit<Opening, 'applicant'> & { readonly applicant: string | null }> {
    const project = projectOfApplication(id);
    if (project === null) throw refusal('application.unknown', { application: id }, 'absent');
    const { state } = await this.stores.projects.load(PROJECT_STREAM + project);
    const opened =
      state.at === 'registered'
        ? state.registered.applications.find((one) => one.application === firstRoundOf(id))
        : undefined;
    if (state.at === 'absent' || opened === undefined) {
      mustNotBeStruck(id, state);
      throw refusal('application.unknown', { application: id }, 'absent');
    }
    const day = dayOf(meta.occurredAt);
    const previousRound = previousRoundOf(id);
    if (previousRound !== null) await this.mustBeOver(id, previousRound, day);
    const { matter, version } = await this.matterInForce(opened.matter, day);
    const { name, region, applicant, applications } = state.registered;
    return {
      project,
      projectName: name,
      region,
      matter: matter.code,
      matterName: matter.name,
      matterVersion: version,
      department: await competentOn(this.stores.departments, matter.department, day),
      applicant,
      terms: {
        kind: matter.kind,
        statutory: statutoryTermOf(matter),
        promised: matter.promised,
        basis: basisOf(matter),
        verified: matter.limitsVerified,
        ...(matter.personalQualification === true && { personalQualification: true as const }),
        ...timeRulesOf(matter),
      },
      prerequisites: opened.prerequisites.map((application) => ({
        application,
        matter: matterOf(applications, application),
      })),
      ...defined({
        receivedBy: await this.receiversOn(matter, day),
        previousRound: previousRound ?? undefined,
      }),
    };
  }

  /** The offices that receive for the matter, as they are called on that day: what a reform moved is the successor's. */
  private async receiversOn({ receivedBy }: MatterDefinition, day: string) {
    if (receivedBy === undefined) return undefined;
    const found = await Promise.all(
      receivedBy.map(({ department }) => competentOn(this.stores.departments, department, day)),
    );
    return [...new Set(found)];
  }

  /** A matter is applied for again once its application has ended and nothing that it granted is in force. */
  private async mustBeOver(application: string, previous: string, day: string): Promise<void> {
    const { state } = await this.stores.applications.load(APPLICATION_STREAM + previous);
    if (state.at === 'absent') {
      throw refusal('application.round-not-next', { application, previous }, 'absent');
    }
    if (isOpenToNextRound(standingOf(state), day)) return;
    const params = { application, previous, stage: state.at, stageZh: STAGE_ZH[state.at] };
    const code = isOver(state) ? 'application.round-in-force' : 'application.round-open';
    throw refusal(code, params, 'state', cited(licensing(29)));
  }

  private async matterInForce(code: string, day: string): Promise<MatterVersion> {
    const { state } = await this.stores.matters.load(MATTER_STREAM + code);
    if (state.at === 'absent') throw new Error(`matter ${code} is in a project and not in the catalogue`);
    if (state.at === 'abolished') {
      const params = { matter: code, reason: state.reason };
      throw refusal('application.matter-abolished', params, 'state', cited(licensing(4)));
    }
    const found = matterOn(state, day);
    if (found !== null) return found;
    const [first = state] = state.earlier;
    const params = { matter: code, effectiveFrom: first.matter.effectiveFrom };
    throw refusal('application.matter-not-in-force', params, 'state', cited(licensing(5)));
  }
}

/** A matter that was struck is not asked for while it is. */
function mustNotBeStruck(id: string, project: ProjectState): void {
  const matter = matterOfApplication(id);
  const struck =
    project.at === 'absent' ? undefined : project.plan?.struck.find((one) => one.matter === matter);
  if (struck === undefined || project.at === 'absent') return;
  const params = { matter: struck.matter, project: project.registered.project, reason: struck.reason };
  throw refusal('application.matter-struck', params, 'state', struck.article);
}

/** An applicant, or an agent for one, hands in to a project of theirs. */
function notNamed({ meta: { actor } }: SubmitApplication, project: string): RuleViolation {
  const params = { project, person: actor.person };
  return refusal('application.project-unnamed', params, 'permission', cited(licensing(29)));
}

/** A name that the window gives may not contradict whose application it is. */
function applicantMustBe(known: string, { id, applicant }: SubmitApplication): void {
  if (applicant === undefined || applicant === known) return;
  const params = { application: id, applicant };
  throw refusal('application.applicant-differs', params, 'input', cited(licensing(29)));
}

/** Part of the submission: the same command again names no second applicant. */
function nameApplicant({ applicant, meta }: SubmitApplication, project: string): NameApplicant {
  return Object.assign(new NameApplicant(), {
    id: project,
    ...defined({ applicant }),
    meta: metaOfPart(meta, `${meta.commandId}/applicant`),
  });
}

function refusal(
  code: LookupViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): RuleViolation {
  return new RuleViolation(code, params, kind, article);
}

function matterOf(applications: readonly OpenedApplication[], application: string): string {
  const found = applications.find((one) => one.application === application);
  if (!found) throw new Error(`${application} is a prerequisite and not of its project`);
  return found.matter;
}

/** What the law of the matter says about its time, as it stands on the day of the submission. */
const timeRulesOf = (matter: MatterDefinition) => ({
  suspensions: suspensionsOf(matter),
  extension: extensionOf(matter),
  ...defined({
    notice: matter.clock?.notice,
    renewal: matter.clock?.renewal,
    use: matter.clock?.use,
  }),
});

function basisOf({ legalBasis }: MatterDefinition): string | null {
  const cited = legalBasis.map(({ law, article }) => `${law} ${article}`.trim());
  return cited.length === 0 ? null : cited.join(BASIS_SEPARATOR);
}
