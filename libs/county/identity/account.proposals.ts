import { dayOf } from '#libs/law/calendar';
import { type Actor, type CommandMeta } from '#libs/engine/event-sourcing';
import {
  type AccountCommand,
  type ConfirmAccountChange,
  type DropAccountChange,
} from './account.commands.js';
import {
  type AccountChange,
  type AccountChangeDropped,
  type AccountChangeProposed,
  type AccountEvent,
  type SecondPersonCause,
} from './account.events.js';
import { violation } from './account.rules.js';
import { type AccountState, type Proposal } from './account.state.js';

/** Roles that see everything: taking over such an account shows, or hides, everything. */
const OVERSEEING: readonly string[] = ['supervisor', 'leader', 'campaign-office', 'admin'];
/** Names under which the command line and the seed act. No account may have one of them. */
export const RESERVED_NAMES: readonly string[] = ['ops', 'system'];

export function isOverseeing(role: string): boolean {
  return OVERSEEING.includes(role);
}

/**
 * The command line on the server's own machine, and the seed: the way in which an installation begins, and the way out when the
 * second administrator is gone. A person who can run it can write to the disk anyway.
 */
function isOnTheMachine(actor: Actor): boolean {
  return RESERVED_NAMES.includes(actor.person);
}

/**
 * What one administrator asked for, kept until a second person agrees; null where it takes none. `events` are those that
 * the rules allowed.
 */
export function proposalOf(
  state: AccountState,
  command: AccountCommand,
  events: readonly AccountEvent[],
): AccountChangeProposed | null {
  const { actor } = command.meta;
  if (isOnTheMachine(actor) || command.type === 'ConfirmAccountChange') return null;
  const causes = causesOf(state, events, command.meta);
  const change = causes.length === 0 ? null : changeOf(events);
  if (change === null) return null;
  const proposal = (state.proposals?.last ?? 0) + 1;
  return {
    type: 'AccountChangeProposed',
    version: 1,
    data: { account: command.id, proposal, change, causes, proposedBy: actor.person },
  };
}

function causesOf(
  state: AccountState,
  events: readonly AccountEvent[],
  { actor, now }: CommandMeta,
): SecondPersonCause[] {
  const today = dayOf(now);
  const causes = new Set<SecondPersonCause>();
  for (const { type, data } of events) {
    if (type === 'PostHeld' && data.from < today) causes.add('back-dated');
    if (type === 'PostEnded' && data.until < today) causes.add('back-dated');
    if (type === 'AccountOpened' && isOverseeing(data.role)) causes.add(openingCause(data.role));
    if (state.at === 'nothing' || !isOverseeing(state.role)) continue;
    if (type === 'AccountClosed' || type === 'IdentityBound') causes.add('overseer');
    if (type === 'PasswordChanged' && actor.person !== data.account) causes.add('overseer');
  }
  return [...causes].sort();
}

/** Opening gives the role, for an account has one forever: of those who look at everything it takes two. */
const openingCause = (role: string): SecondPersonCause => (role === 'admin' ? 'administrator' : 'overseer');

function changeOf(events: readonly AccountEvent[]): AccountChange | null {
  const [first, second] = events;
  if (first?.type === 'AccountOpened') {
    const { displayName, role, passwordHash } = first.data;
    const held = second?.type === 'PostHeld' ? second.data : null;
    const post = { post: held?.post ?? null, department: held?.department ?? null, from: held?.from ?? null };
    return { act: 'open', displayName, role, passwordHash, ...post };
  }
  if (first?.type === 'PasswordChanged') return { act: 'password', passwordHash: first.data.passwordHash };
  if (first?.type === 'PostHeld') {
    const { post, department, from } = first.data;
    return { act: 'post', post, department, from };
  }
  if (first?.type === 'PostEnded') return { act: 'post-end', until: first.data.until };
  if (first?.type === 'AccountClosed') return { act: 'closure', reason: first.data.reason };
  if (first?.type === 'IdentityBound') {
    const { issuer, subject } = first.data;
    return { act: 'identity', issuer, subject };
  }
  return null;
}

/** The change that waits under this number. */
export function waiting(
  state: AccountState,
  { id, proposal }: ConfirmAccountChange | DropAccountChange,
): Proposal {
  const found = state.proposals?.waiting.find((each) => each.proposal === proposal);
  if (!found) throw violation('account.no-such-proposal', { account: id, proposal }, 'absent');
  return found;
}

/** Another administrator, or the holder. Looked at first: others learn nothing of the account. */
export function mayTakePart({ id, meta: { actor } }: ConfirmAccountChange | DropAccountChange): void {
  if (actor.role !== 'admin' && actor.person !== id) throw violation('account.not-yours', {}, 'permission');
}

export function mustBeASecondPerson({ proposedBy }: Proposal, { actor }: CommandMeta): void {
  if (actor.person === proposedBy) throw violation('account.second-person-needed', {}, 'permission');
}

export function drop(state: AccountState, command: DropAccountChange): AccountChangeDropped {
  mayTakePart(command);
  const { proposal } = waiting(state, command);
  const { id: account, reason } = command;
  return { type: 'AccountChangeDropped', version: 1, data: { account, proposal, reason } };
}

/** The state with one more that waits, or with one fewer. */
export function proposalsAfter(state: AccountState, event: AccountEvent): AccountState {
  const { last, waiting: before } = state.proposals ?? { last: 0, waiting: [] };
  if (event.type === 'AccountChangeProposed') {
    const { proposal, change, proposedBy } = event.data;
    return {
      ...state,
      proposals: { last: proposal, waiting: [...before, { proposal, change, proposedBy }] },
    };
  }
  if (event.type !== 'AccountChangeConfirmed' && event.type !== 'AccountChangeDropped') return state;
  const { proposal: over } = event.data;
  return { ...state, proposals: { last, waiting: before.filter(({ proposal }) => proposal !== over) } };
}
