import { type MatterDefinition, type TemplateDefinition } from '#libs/law/catalogue';
import { applicationId } from './application-id.js';
import { type OpenedApplication } from './opened-application.js';
import { refuse } from './project.rules.js';

/**
 * The applications that a template opens for a project, in the order of its stages, with what each waits for.
 *
 * @throws RuleViolation `project.unknown-matter` when a matter of the template is not among those given.
 */
export function openApplications(
  project: string,
  template: TemplateDefinition,
  matters: ReadonlyMap<string, MatterDefinition>,
): OpenedApplication[] {
  return template.stages.flatMap((stage) =>
    stage.matters.map(({ code, prerequisites }) => {
      const matter = matters.get(code);
      if (!matter)
        return refuse('project.unknown-matter', { template: template.code, matter: code }, 'input');
      return {
        application: applicationId(project, code),
        matter: code,
        matterName: matter.name,
        stage: stage.name,
        department: matter.department,
        prerequisites: prerequisites.map((prerequisite) => applicationId(project, prerequisite)),
      };
    }),
  );
}
