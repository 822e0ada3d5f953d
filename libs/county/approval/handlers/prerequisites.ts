import { firstRoundOf, PROJECT_STREAM } from '#libs/county/project';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { dayOf, type WorkingCalendar } from '#libs/law/calendar';
import { type Application, type ApplicationState } from '../application/application.state.js';
import { type SubmittedApplication } from '../core/facts.js';
import { type Prerequisite } from '../core/terms.js';
import { type ApprovalFacts } from '../decision/decision.commands.js';
import { permitEndBefore } from '../permit/permit-ends.js';
import { isExpired } from '../permit/rounds.rules.js';
import { type ApprovalStores } from './approval-stores.js';
import { latestRound } from './rounds.js';

type ByGrant = Pick<ApprovalFacts, 'missing' | 'granted'>;

/** The prerequisites of an application, by whether each is granted and in force at this moment. */
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

/** Applications by whether each is granted and in force at this moment: of a matter that was applied for again, the last one counts. */
export async function grantedOf(
  { applications, calendar }: ApprovalStores,
  needed: readonly Prerequisite[],
  meta: CommandMeta,
): Promise<ByGrant> {
  const found = await Promise.all(
    needed.map(async ({ application: first, matter }) => {
      const { application, state } = await latestRound(applications, first, dayOf(meta.occurredAt));
      const ended = wasGranted(state) && { ended: true as const };
      return { prerequisite: { application, matter }, ended, grantedAt: grantedAt(state, meta, calendar) };
    }),
  );
  return {
    missing: found.flatMap(({ prerequisite, ended, grantedAt }) =>
      grantedAt === null ? [{ ...prerequisite, ...ended }] : [],
    ),
    granted: found.flatMap(({ prerequisite, grantedAt }) =>
      grantedAt === null ? [] : [{ ...prerequisite, grantedAt }],
    ),
  };
}

/**
 * When it was granted; null when it was not, or when nothing of what was granted is in force: recalled, revoked, cancelled, lapsed
 * or past its last day without a renewal. A filing or technical review ends by closure: what needs no licence is granted by being done.
 */
function grantedAt(state: ApplicationState, meta: CommandMeta, calendar: WorkingCalendar): string | null {
  if (state.at === 'closed') return grantOf(state);
  const isGranted = (state.at === 'decided' || state.at === 'delivered') && state.outcome === 'granted';
  return isGranted && isInForce(state, meta, calendar) ? grantOf(state) : null;
}

const wasGranted = (state: ApplicationState): boolean => 'outcome' in state && state.outcome === 'granted';

const grantOf = ({ trail, since }: Application): string => trail?.grantedAt ?? since;

/** A permit that has lapsed by law is not in force, though the timer that puts it on record may not have fired yet. */
function isInForce(state: Application, meta: CommandMeta, calendar: WorkingCalendar): boolean {
  if (state.lapsedOn || isExpired(state, dayOf(meta.occurredAt))) return false;
  return permitEndBefore(calendar, state, meta)?.name !== 'lapse';
}
