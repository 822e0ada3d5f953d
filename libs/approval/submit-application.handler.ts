import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { dayOf } from '#libs/calendar';
import { MATTER_RUNNER, MATTER_STREAM, type MatterDefinition, type MatterRunner } from '#libs/catalogue';
import { type JsonObject, type Receipt, RuleViolation, type ViolationKind } from '#libs/event-sourcing';
import { type OpenedApplication, PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '#libs/project';
import { type Opening, SubmitApplication } from './approval.commands.js';
import { APPLICATION_RUNNER, APPLICATION_STREAM, type ApplicationRunner } from './approval.tokens.js';
import { type LookupViolation } from './lookup.messages.js';

/** `{project}-{matter code}`; a matter code has exactly one hyphen. */
const APPLICATION_ID = /^(?<project>.+)-(?<matter>[A-Z][A-Z0-9]*-[0-9]+)$/;

/** Code of an application's matter, or null when the id is none of an application. */
export const matterOfApplication = (id: string): string | null =>
  APPLICATION_ID.exec(id)?.groups?.['matter'] ?? null;

/** Id of an application's project, or null when the id is none of an application. */
export const projectOfApplication = (id: string): string | null =>
  APPLICATION_ID.exec(id)?.groups?.['project'] ?? null;

@CommandHandler(SubmitApplication)
export class SubmitApplicationHandler implements ICommandHandler<SubmitApplication> {
  constructor(
    @Inject(APPLICATION_RUNNER) private readonly applications: ApplicationRunner,
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
  ) {}

  /** Only a first submission opens a stream and needs to know what the project and the catalogue say. */
  async execute(command: SubmitApplication): Promise<Receipt> {
    const stream = APPLICATION_STREAM + command.id;
    const { state } = await this.applications.load(stream);
    if (state.at === 'absent') command.opening = await this.opening(command);
    return this.applications.run(stream, command);
  }

  /** @throws RuleViolation when there is no such application, or its matter may not be asked for. */
  private async opening({ id, meta }: SubmitApplication): Promise<Opening> {
    const project = APPLICATION_ID.exec(id)?.groups?.['project'];
    if (project === undefined) throw refusal('application.unknown', { application: id }, 'absent');
    const { state } = await this.projects.load(PROJECT_STREAM + project);
    const opened =
      state.at === 'registered'
        ? state.registered.applications.find((one) => one.application === id)
        : undefined;
    if (state.at === 'absent' || opened === undefined) {
      throw refusal('application.unknown', { application: id }, 'absent');
    }
    const { matter, version } = await this.matterInForce(opened.matter, dayOf(meta.occurredAt));
    const { name, region, applicant, applications } = state.registered;
    return {
      project,
      projectName: name,
      region,
      matter: matter.code,
      matterName: matter.name,
      matterVersion: version,
      department: matter.department,
      applicant,
      terms: {
        statutory: matter.statutory,
        promised: matter.promised,
        basis: basisOf(matter),
        verified: matter.limitsVerified,
      },
      prerequisites: opened.prerequisites.map((application) => ({
        application,
        matter: matterOf(applications, application),
      })),
    };
  }

  private async matterInForce(
    code: string,
    day: string,
  ): Promise<{ readonly matter: MatterDefinition; readonly version: number }> {
    const { state } = await this.matters.load(MATTER_STREAM + code);
    if (state.at === 'absent') throw new Error(`matter ${code} is in a project and not in the catalogue`);
    if (state.at === 'abolished') {
      const params = { matter: code, reason: state.reason };
      throw refusal('application.matter-abolished', params, 'state', '行政许可法 Art. 4');
    }
    const { matter, version } = state;
    if (matter.effectiveFrom > day) {
      const params = { matter: code, effectiveFrom: matter.effectiveFrom };
      throw refusal('application.matter-not-in-force', params, 'state', '行政许可法 Art. 5');
    }
    return { matter, version };
  }
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

function basisOf({ legalBasis }: MatterDefinition): string | null {
  const cited = legalBasis.map(({ law, article }) => `${law} ${article}`.trim());
  return cited.length === 0 ? null : cited.join('; ');
}
