import { matterOfApplication } from '#libs/county/project';
import { dayOf } from '#libs/law/calendar';
import { MATTER_STREAM, matterOn, type MatterRunner } from '#libs/law/catalogue';
import { lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { type ApplicationState } from '../application/application.state.js';
import { ApproveApplication, RefuseApplication } from '../decision/decision.commands.js';
import { hasLegalStep } from '../read-models/skipped-steps.js';
import { type ApprovalStores } from './approval-stores.js';

export const approval = lookup(ApproveApplication, async ({ id }, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + id);
  const needed = state.at === 'absent' ? [] : state.prerequisites;
  const found = await Promise.all(
    needed.map(async (prerequisite) => {
      const other = await stores.applications.load(APPLICATION_STREAM + prerequisite.application);
      return { prerequisite, grantedAt: grantedAt(other.state) };
    }),
  );
  return {
    missing: found.flatMap(({ prerequisite, grantedAt }) => (grantedAt === null ? [prerequisite] : [])),
    granted: found.flatMap(({ prerequisite, grantedAt }) =>
      grantedAt === null ? [] : [{ ...prerequisite, grantedAt }],
    ),
    needsReview: await needsReview(stores.matters, state),
  };
});

export const refusal = lookup(RefuseApplication, async ({ id }, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + id);
  return { needsReview: await needsReview(stores.matters, state) };
});

/**
 * Whether the matter of a case provides for a review, as it was in force when the application was received. A matter whose
 * steps the catalogue does not list is reviewed as the law says (行政许可法 Art. 34).
 */
async function needsReview(matters: MatterRunner, state: ApplicationState): Promise<boolean> {
  const code = state.at === 'absent' ? null : matterOfApplication(state.application);
  if (state.at === 'absent' || code === null) return true;
  const { state: matter } = await matters.load(MATTER_STREAM + code);
  if (matter.at === 'absent') return true;
  const steps = matterOn(matter, dayOf(state.receivedAt))?.matter.steps ?? [];
  return steps.length === 0 || hasLegalStep(steps, 'review');
}

/** When it was granted; null when it was not. A filing or technical review ends by closure: what needs no licence is
 * granted by being done. */
function grantedAt(state: ApplicationState): string | null {
  if (state.at === 'decided' || state.at === 'delivered') {
    return state.outcome === 'granted' ? (state.trail?.grantedAt ?? state.since) : null;
  }
  return state.at === 'closed' ? (state.trail?.grantedAt ?? state.since) : null;
}
