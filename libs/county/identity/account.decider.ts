import { dayOf } from '#libs/law/calendar';
import {
  type Actor,
  decideBy,
  type Decider,
  impossible,
  defined,
  type PersonalText,
} from '#libs/engine/event-sourcing';
import {
  type AccountCommand,
  type ChangePassword,
  type ConfirmAccountChange,
  type EndPost,
  type HoldPost,
  type OpenAccount,
  type RegisterCreditCode,
  type ReleaseIdentity,
  type ClosingFacts,
  type DepartmentFacts,
  type IdentityFacts,
  type OpeningFacts,
  type PasswordFacts,
} from './account.commands.js';
import { type AccountChange, type AccountEvent, type PostHeld } from './account.events.js';
import {
  drop,
  mayTakePart,
  mustBeASecondPerson,
  proposalOf,
  proposalsAfter,
  RESERVED_NAMES,
  waiting,
} from './account.proposals.js';
import {
  anAdminMustBeLeft,
  codeHolderOf,
  creditCodeMustBeRight,
  identityMustBeFree,
  idMustBeAPseudonym,
  mustBeADay,
  mustBeOpen,
  mustHoldNoPostFrom,
  mustKnowDepartment,
  passwordMustBeTheirs,
  violation,
} from './account.rules.js';
import { type AccountState, type Identity, isBound, type KnownAccount, postOn } from './account.state.js';
import { unfit } from './password-rules.js';

interface Opening {
  readonly displayName: PersonalText;
  readonly role: string;
  readonly passwordHash: string | null;
  readonly post: string | null;
  readonly department: string | null;
  readonly from: string | null;
  readonly creditCode?: string;
}

function open(state: AccountState, command: OpenAccount, facts: OpeningFacts): AccountEvent[] {
  if (RESERVED_NAMES.includes(command.id)) {
    throw violation('account.name-reserved', { account: command.id }, 'input');
  }
  idMustBeAPseudonym(command.id);
  if ((command.post === undefined) !== (command.department === undefined)) {
    throw violation('account.post-without-department', {}, 'input');
  }
  if (command.department !== undefined) mustKnowDepartment(facts.departmentKnown, command.department);
  const { creditCode, role, post } = command;
  if (creditCode !== undefined) {
    creditCodeMustBeRight(creditCode, { role, holdsPost: post !== undefined });
  }
  return opened(state, command.id, {
    ...defined({ creditCode }),
    displayName: command.displayName,
    role,
    passwordHash: facts.hashed?.hash ?? null,
    post: post ?? null,
    department: command.department ?? null,
    from: post === undefined ? null : mustBeADay('from', command.from ?? dayOf(command.meta.now)),
  });
}

function opened(state: AccountState, account: string, opening: Opening): AccountEvent[] {
  if (state.at !== 'nothing') throw violation('account.exists', { account }, 'state');
  const { displayName, role, passwordHash, post, department, from, creditCode } = opening;
  const code = creditCode !== undefined && { creditCode };
  return [
    { type: 'AccountOpened', version: 1, data: { account, displayName, role, passwordHash, ...code } },
    ...(post === null || department === null || from === null ? [] : [held(account, post, department, from)]),
  ];
}

function changePassword(
  state: AccountState,
  command: ChangePassword,
  { currentMatches, isTheLast, hashed }: PasswordFacts,
): AccountEvent[] {
  passwordMustBeTheirs(command);
  const account = mustBeOpen(state, command.id);
  const own = command.meta.actor.person === account.account;
  if (own && !currentMatches) throw violation('account.wrong-password', {}, 'input');
  if (isTheLast) throw unfit('account.password-unchanged');
  if (hashed === null) throw new Error('the handler hashes the new password');
  return [passwordChanged(account.account, hashed.hash)];
}

function passwordChanged(account: string, passwordHash: string): AccountEvent {
  return { type: 'PasswordChanged', version: 1, data: { account, passwordHash } };
}

function registerCreditCode(state: AccountState, command: RegisterCreditCode): AccountEvent[] {
  const { creditCode } = command;
  const account = mustBeOpen(state, command.id);
  creditCodeMustBeRight(creditCode, codeHolderOf(account));
  if (account.creditCode === creditCode) return [];
  return [{ type: 'CreditCodeRegistered', version: 1, data: { account: account.account, creditCode } }];
}

function holdPost(
  state: AccountState,
  command: HoldPost,
  { departmentKnown }: DepartmentFacts,
): AccountEvent[] {
  mustBeOpen(state, command.id);
  mustKnowDepartment(departmentKnown, command.department);
  const from = mustBeADay('from', command.from ?? dayOf(command.meta.now));
  return [postHeld(state, command.id, { post: command.post, department: command.department, from })];
}

function postHeld(
  state: AccountState,
  id: string,
  { post, department, from }: Pick<PostHeld['data'], 'post' | 'department' | 'from'>,
): PostHeld {
  const account = mustBeOpen(state, id);
  mustHoldNoPostFrom(account, from);
  return held(account.account, post, department, from);
}

function endPost(state: AccountState, command: EndPost): AccountEvent[] {
  const today = dayOf(command.meta.now);
  return postEnded(state, command.id, mustBeADay('until', command.until ?? today), today);
}

function postEnded(state: AccountState, id: string, until: string, today: string): AccountEvent[] {
  const account = mustBeOpen(state, id);
  const post = account.posts.findLast((each) => each.until === null) ?? postOn(account, today);
  if (post === null) throw violation('account.no-post', { account: account.account, day: today }, 'state');
  if (until < post.from) {
    throw violation('account.ends-before-it-begins', { until, from: post.from }, 'input');
  }
  if (post.until === until) return [];
  return [
    {
      type: 'PostEnded',
      version: 1,
      data: { account: account.account, post: post.post, department: post.department, until },
    },
  ];
}

function closed(state: AccountState, id: string, reason: string, otherAdmins: boolean): AccountEvent {
  const { account, role } = mustBeOpen(state, id);
  if (role === 'admin') anAdminMustBeLeft(account, otherAdmins);
  return { type: 'AccountClosed', version: 1, data: { account, reason } };
}

function identityBound(
  state: AccountState,
  id: string,
  identity: Identity,
  isTaken: boolean,
): AccountEvent[] {
  const account = mustBeOpen(state, id);
  if (isBound(account, identity)) return [];
  identityMustBeFree(identity, isTaken);
  const { issuer, subject } = identity;
  return [{ type: 'IdentityBound', version: 1, data: { account: id, issuer, subject } }];
}

function identityReleased(state: AccountState, command: ReleaseIdentity): AccountEvent[] {
  const account = mustBeOpen(state, command.id);
  const { issuer, subject } = command;
  if (!isBound(account, { issuer, subject })) {
    throw violation('account.identity-unknown', { account: command.id }, 'state');
  }
  return [{ type: 'IdentityReleased', version: 1, data: { account: command.id, issuer, subject } }];
}

/** What was proposed happens as it was proposed, if the rules still allow it. */
function confirm(
  state: AccountState,
  command: ConfirmAccountChange,
  facts: ClosingFacts & IdentityFacts,
): AccountEvent[] {
  mayTakePart(command);
  const found = waiting(state, command);
  mustBeASecondPerson(found, command.meta);
  const { proposal, change } = found;
  const account = command.id;
  const done: AccountEvent = {
    type: 'AccountChangeConfirmed',
    version: 1,
    data: { account, proposal, act: change.act },
  };
  return [...changed(state, command, change, facts), done];
}

function changed(
  state: AccountState,
  command: ConfirmAccountChange,
  change: AccountChange,
  { isTaken, otherAdmins }: ClosingFacts & IdentityFacts,
): AccountEvent[] {
  const account = command.id;
  switch (change.act) {
    case 'open':
      return opened(state, account, change);
    case 'password':
      mustBeOpen(state, account);
      return [passwordChanged(account, change.passwordHash)];
    case 'post':
      return [postHeld(state, account, change)];
    case 'post-end':
      return postEnded(state, account, change.until, dayOf(command.meta.now));
    case 'identity':
      return identityBound(state, account, change, isTaken);
    case 'closure':
      return [closed(state, account, change.reason, otherAdmins)];
    default:
      return impossible(change);
  }
}

function held(account: string, post: string, department: string, from: string): PostHeld {
  return { type: 'PostHeld', version: 1, data: { account, post, department, from } };
}

/** Passwords of the seed do not count: they are shown to the person who starts the demonstration. */
function isSetByAdmin(actor: Actor, account: string): boolean {
  return actor.role === 'admin' && actor.person !== account;
}

function known(state: AccountState): KnownAccount {
  if (state.at === 'nothing') throw new Error('an account’s first event is AccountOpened');
  return state;
}

const decideByType = decideBy<AccountState, AccountCommand, AccountEvent>({
  OpenAccount: open,
  ChangePassword: changePassword,
  RegisterCreditCode: registerCreditCode,
  HoldPost: holdPost,
  EndPost: endPost,
  CloseAccount: (state, { id, reason }, { otherAdmins }) => [closed(state, id, reason, otherAdmins)],
  BindIdentity: (state, command, { isTaken }) => identityBound(state, command.id, command, isTaken),
  ReleaseIdentity: identityReleased,
  ConfirmAccountChange: confirm,
  DropAccountChange: (state, command) => [drop(state, command)],
});

/** Local accounts: who they are, which one role they have, and which post they hold on which day. */
export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: { at: 'nothing' },

  decide(state, command, facts) {
    const events = decideByType(state, command, facts);
    const proposed = proposalOf(state, command, events);
    return proposed === null ? events : [proposed];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'AccountOpened': {
        const { account, displayName, role, passwordHash, creditCode } = event.data;
        const mustChange = passwordHash !== null && isSetByAdmin(event.metadata.actor, account);
        return {
          ...{ at: 'open', account, displayName, role, passwordHash, generation: 0, posts: [] },
          ...defined({ proposals: state.proposals, creditCode }),
          ...(mustChange && { mustChangePassword: true }),
        };
      }
      case 'PasswordChanged': {
        const { mustChangePassword: _, ...before } = known(state);
        const { account, passwordHash } = event.data;
        return {
          ...before,
          ...{ passwordHash, generation: before.generation + 1 },
          ...(isSetByAdmin(event.metadata.actor, account) && { mustChangePassword: true }),
        };
      }
      case 'CreditCodeRegistered':
        return { ...known(state), creditCode: event.data.creditCode };
      case 'PostHeld': {
        const before = known(state);
        const { post, department, from } = event.data;
        return { ...before, posts: [...before.posts, { post, department, from, until: null }] };
      }
      case 'PostEnded': {
        const before = known(state);
        const { post, department, until } = event.data;
        const ended = before.posts.findLastIndex(
          (each) => each.post === post && each.department === department,
        );
        return {
          ...before,
          posts: before.posts.map((each, index) => (index === ended ? { ...each, until } : each)),
        };
      }
      case 'AccountClosed':
        return { ...known(state), at: 'closed' };
      case 'IdentityBound': {
        const before = known(state);
        const { issuer, subject } = event.data;
        return { ...before, identities: [...(before.identities ?? []), { issuer, subject }] };
      }
      case 'IdentityReleased': {
        const before = known(state);
        const { issuer, subject } = event.data;
        const stays = (each: Identity) => each.issuer !== issuer || each.subject !== subject;
        return { ...before, identities: (before.identities ?? []).filter(stays) };
      }
      case 'AccountChangeProposed':
      case 'AccountChangeDropped':
        return proposalsAfter(state, event);
      case 'AccountChangeConfirmed': {
        const after = known(proposalsAfter(state, event));
        // An administrator chose it, even if another person confirmed.
        const isSet = ['open', 'password'].includes(event.data.act) && after.passwordHash !== null;
        return isSet ? { ...after, mustChangePassword: true } : after;
      }
      default:
        return impossible(event);
    }
  },
};
