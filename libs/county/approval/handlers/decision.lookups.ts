import { matterOfApplication, PROJECT_STREAM } from '#libs/county/project';
import { dayOf } from '#libs/law/calendar';
import { MATTER_STREAM, matterOn, type MatterRunner } from '#libs/law/catalogue';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { type ApplicationState } from '../application/application.state.js';
import { dutiesOf } from '../core/examination.js';
import {
  ApproveApplication,
  CloseApplication,
  type DecisionFacts,
  RefuseApplication,
} from '../decision/decision.commands.js';
import { ReportPermitUse } from '../permit/permit.commands.js';
import { CONSTRUCTION_PERMIT, MATTERS_BEFORE_WORKS } from '../permit/works.rules.js';
import { hasLegalStep } from '../read-models/skipped-steps.js';
import { type ApprovalStores } from './approval-stores.js';
import { grantedOf, prerequisitesOf } from './prerequisites.js';

export const approval = lookup(ApproveApplication, async ({ id, meta }, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + id);
  return {
    ...(await prerequisitesOf(stores, state, meta)),
    ...(await examinationOf(stores.matters, state)),
  };
});

export const closure = lookup(CloseApplication, async ({ id, meta }, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + id);
  const { missing } = await prerequisitesOf(stores, state, meta);
  return { missing };
});

const REVIEWED: Required<DecisionFacts> = { needsReview: true, owed: [] };

/** What a project has of the matters that a law asks for before works begin, where the permit is the one to begin them. */
export const use = lookup(ReportPermitUse, async ({ id, meta }, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + id);
  if (state.at === 'absent' || matterOfApplication(id) !== CONSTRUCTION_PERMIT) return { missing: [] };
  const project = await stores.projects.load(PROJECT_STREAM + state.project);
  const needed = project.state.at === 'absent' ? [] : project.state.registered.applications;
  const { missing } = await grantedOf(
    stores,
    needed.filter(({ matter }) => MATTERS_BEFORE_WORKS.includes(matter)),
    meta,
  );
  return { missing };
});

export const refusal = lookup(RefuseApplication, async ({ id }, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + id);
  return examinationOf(stores.matters, state);
});

/**
 * Whether the matter of an application provides for a review, as it was in force when the application was received, and what else its
 * steps ask for. A matter whose steps the catalogue does not list is reviewed as the law says (行政许可法 Art. 34).
 */
async function examinationOf(
  matters: MatterRunner,
  state: ApplicationState,
): Promise<Required<DecisionFacts>> {
  const code = state.at === 'absent' ? null : matterOfApplication(state.application);
  if (state.at === 'absent' || code === null) return REVIEWED;
  const { state: matter } = await matters.load(MATTER_STREAM + code);
  if (matter.at === 'absent') return REVIEWED;
  const steps = matterOn(matter, dayOf(state.receivedAt))?.matter.steps ?? [];
  return { needsReview: steps.length === 0 || hasLegalStep(steps, 'review'), owed: dutiesOf(steps) };
}
