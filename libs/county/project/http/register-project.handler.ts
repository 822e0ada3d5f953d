import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  MATTER_RUNNER,
  MATTER_STREAM,
  type MatterDefinition,
  type MatterRunner,
  TEMPLATE_RUNNER,
  TEMPLATE_STREAM,
  type TemplateDefinition,
  type TemplateRunner,
} from '#libs/law/catalogue';
import { type Receipt } from '#libs/engine/event-sourcing';
import { openApplications } from '../open-applications.js';
import { ProjectCodes } from '../project-codes.js';
import { type ProjectOpening, RegisterProject } from '../project.commands.js';
import { PROJECT_RUNNER, PROJECT_STREAM, type ProjectRunner } from '../project.tokens.js';

@CommandHandler(RegisterProject)
export class RegisterProjectHandler implements ICommandHandler<RegisterProject> {
  constructor(
    @Inject(PROJECT_RUNNER) private readonly projects: ProjectRunner,
    @Inject(TEMPLATE_RUNNER) private readonly templates: TemplateRunner,
    @Inject(MATTER_RUNNER) private readonly matters: MatterRunner,
    private readonly codes: ProjectCodes,
  ) {}

  /** Looks the template up, then registers; afterwards `opening` is what the project was registered with. */
  async execute(command: RegisterProject): Promise<Receipt> {
    const stream = PROJECT_STREAM + command.id;
    await this.codes.take(command);
    command.opening = await this.opening(command);
    const receipt = await this.projects.run(stream, command);
    if (receipt.replayed) {
      const { state } = await this.projects.load(stream);
      if (state.at === 'registered') {
        const { templateVersion, applications } = state.registered;
        command.opening = { templateVersion, applications };
      }
    }
    return receipt;
  }

  private async opening({ id, template: code }: RegisterProject): Promise<ProjectOpening | null> {
    const { state } = await this.templates.load(TEMPLATE_STREAM + code);
    if (state.at === 'absent') return null;
    const { template, version } = state;
    const inForce = new Map<string, MatterDefinition>();
    const abolished = new Set<string>();
    for (const matter of template.stages.flatMap((stage) => stage.matters)) {
      const found = await this.matters.load(MATTER_STREAM + matter.code);
      if (found.state.at === 'in-force') inForce.set(matter.code, found.state.matter);
      if (found.state.at === 'abolished') abolished.add(matter.code);
    }
    const applications = openApplications(id, without(template, abolished), inForce);
    return { templateVersion: version, applications };
  }
}

/** An abolished matter (取消) is asked of no new project, and nothing waits for it. */
function without(template: TemplateDefinition, abolished: ReadonlySet<string>): TemplateDefinition {
  if (abolished.size === 0) return template;
  return {
    ...template,
    stages: template.stages.map((stage) => ({
      ...stage,
      matters: stage.matters
        .filter((matter) => !abolished.has(matter.code))
        .map((matter) => ({
          ...matter,
          prerequisites: matter.prerequisites.filter((code) => !abolished.has(code)),
        })),
    })),
  };
}
