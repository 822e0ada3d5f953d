import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { type ApplicationState } from '../application/application.state.js';
import { type Prerequisite } from '../core/terms.js';
import { type PrerequisiteFacts } from '../decision/decision.commands.js';
import { type ApprovalStores } from './approval-stores.js';

/** The prerequisites of a case, by whether each is granted at this moment. */
export async function prerequisitesOf(
  stores: ApprovalStores,
  state: ApplicationState,
): Promise<PrerequisiteFacts> {
  return grantedOf(stores, state.at === 'absent' ? [] : state.prerequisites);
}

/** Applications by whether each is granted at this moment. */
export async function grantedOf(
  { applications }: ApprovalStores,
  needed: readonly Prerequisite[],
): Promise<PrerequisiteFacts> {
  const found = await Promise.all(
    needed.map(async ({ application, matter }) => {
      const { state } = await applications.load(APPLICATION_STREAM + application);
      return { prerequisite: { application, matter }, grantedAt: grantedAt(state) };
    }),
  );
  return {
    missing: found.flatMap(({ prerequisite, grantedAt }) => (grantedAt === null ? [prerequisite] : [])),
    granted: found.flatMap(({ prerequisite, grantedAt }) =>
      grantedAt === null ? [] : [{ ...prerequisite, grantedAt }],
    ),
  };
}

/** When it was granted; null when it was not. A filing or technical review ends by closure: what needs no licence is
 * granted by being done. */
function grantedAt(state: ApplicationState): string | null {
  if (state.at === 'decided' || state.at === 'delivered') {
    return state.outcome === 'granted' ? (state.trail?.grantedAt ?? state.since) : null;
  }
  return state.at === 'closed' ? (state.trail?.grantedAt ?? state.since) : null;
}
