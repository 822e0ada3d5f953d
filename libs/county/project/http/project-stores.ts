import { Inject, Injectable } from '@nestjs/common';
import { DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import {
  MATTER_RUNNER,
  type MatterRunner,
  QUESTIONNAIRE,
  type Questionnaire,
  TEMPLATE_RUNNER,
  type TemplateRunner,
} from '#libs/law/catalogue';
import { ProjectApplications } from '../project-applications.js';
import { PROJECT_RUNNER, type ProjectRunner } from '../project.tokens.js';

/** Where facts for commands of a project are looked up. */
@Injectable()
export class ProjectStores {
  constructor(
    @Inject(PROJECT_RUNNER) readonly projects: ProjectRunner,
    readonly applications: ProjectApplications,
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
    @Inject(TEMPLATE_RUNNER) readonly templates: TemplateRunner,
    @Inject(MATTER_RUNNER) readonly matters: MatterRunner,
    @Inject(QUESTIONNAIRE) readonly questionnaire: Questionnaire,
  ) {}
}
