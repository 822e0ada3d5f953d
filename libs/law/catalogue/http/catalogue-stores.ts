import { Inject, Injectable } from '@nestjs/common';
import { DEPARTMENT_RUNNER, type DepartmentRunner } from '#libs/county/identity';
import {
  MATTER_RUNNER,
  type MatterRunner,
  TEMPLATE_RUNNER,
  type TemplateRunner,
} from '../catalogue.tokens.js';
import { CHALLENGE_RUNNER, type ChallengeRunner } from '../challenge.tokens.js';

/** Where facts for commands on the catalogue are looked up. */
@Injectable()
export class CatalogueStores {
  constructor(
    @Inject(MATTER_RUNNER) readonly matters: MatterRunner,
    @Inject(TEMPLATE_RUNNER) readonly templates: TemplateRunner,
    @Inject(CHALLENGE_RUNNER) readonly challenges: ChallengeRunner,
    @Inject(DEPARTMENT_RUNNER) readonly departments: DepartmentRunner,
  ) {}
}
