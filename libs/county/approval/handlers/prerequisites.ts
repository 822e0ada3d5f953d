import { firstRoundOf, PROJECT_STREAM } from '#libs/county/project';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { type ApplicationState } from '../application/application.state.js';
import { type SubmittedApplication } from '../core/facts.js';
import { type Prerequisite } from '../core/terms.js';
import { type ApprovalFacts } from '../decision/decision.commands.js';
import { type ApprovalStores } from './approval-stores.js';
import { latestRound } from './rounds.js';

type ByGrant = Pick<ApprovalFacts, 'missing' | 'granted'>;

/** The prerequisites of an application, by whether each is granted at this moment. */
export async function prerequisitesOf(
  stores: ApprovalStores,
  state: ApplicationState,
  meta: CommandMeta,
): Promise<ByGrant> {
  return grantedOf(stores, state.at === 'absent' ? [] : await presentPrerequisites(stores, state), meta);
}

/** What an application waits for today: its project may have added matters since it was submitted, or struck some. */
async function presentPrerequisites(
  { projects }: ApprovalStores,
  { application, project: id, prerequisites }: SubmittedApplication,
): Promise<readonly Prerequisite[]> {
  const { state: project } = await projects.load(PROJECT_STREAM + id);
  if (project.at === 'absent' || project.plan === undefined) return prerequisites;
  const { applications } = project.registered;
  const own = applications.find((one) => one.application === firstRoundOf(application));
  return applications.filter((one) => own?.prerequisites.includes(one.application) ?? false);
}

/** Applications by whether each is granted at this moment: of a matter that was applied for again, the last one counts. */
export async function grantedOf(
  { applications }: ApprovalStores,
  needed: readonly Prerequisite[],
  { occurredAt }: CommandMeta,
): Promise<ByGrant> {
  const found = await Promise.all(
    needed.map(async ({ application: first, matter }) => {
      const { application, state } = await latestRound(applications, first, dayOf(occurredAt));
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

/** When it was granted; null when it was not, or has lapsed. A filing or technical review ends by closure: what needs no licence is
 * granted by being done. */
function grantedAt(state: ApplicationState): string | null {
  if (state.at === 'decided' || state.at === 'delivered') {
    return state.outcome === 'granted' && !state.lapsedOn ? (state.trail?.grantedAt ?? state.since) : null;
  }
  return state.at === 'closed' ? (state.trail?.grantedAt ?? state.since) : null;
}
