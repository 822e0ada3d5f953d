import {
  MATTER_STREAM,
  type MatterDefinition,
  TEMPLATE_STREAM,
  type TemplateDefinition,
} from '#libs/law/catalogue';
import { lookup } from '#libs/shell/nest';
import { openApplications } from '../open-applications.js';
import { type ProjectOpening, RegisterProject } from '../project.commands.js';
import { PROJECT_STREAM } from '../project.tokens.js';
import { type ProjectStores } from './project-stores.js';

/** Looks the template up. The answer says what the project was registered with. */
export const registration = lookup(
  RegisterProject,
  async (command, stores: ProjectStores) => ({ opening: await openingOf(command, stores) }),
  async ({ id }, { projects }) => {
    const { state } = await projects.load(PROJECT_STREAM + id);
    return { applications: state.at === 'absent' ? [] : state.registered.applications };
  },
);

async function openingOf(
  { id, template: code }: RegisterProject,
  { templates, matters }: ProjectStores,
): Promise<ProjectOpening | null> {
  const { state } = await templates.load(TEMPLATE_STREAM + code);
  if (state.at === 'absent') return null;
  const { template, version } = state;
  const inForce = new Map<string, MatterDefinition>();
  const abolished = new Set<string>();
  for (const matter of template.stages.flatMap((stage) => stage.matters)) {
    const found = await matters.load(MATTER_STREAM + matter.code);
    if (found.state.at === 'in-force') inForce.set(matter.code, found.state.matter);
    if (found.state.at === 'abolished') abolished.add(matter.code);
  }
  const applications = openApplications(id, without(template, abolished), inForce);
  return { templateVersion: version, applications };
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
