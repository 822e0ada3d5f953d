import { dayOf } from '#libs/calendar';
import { type Actor, type Decider, impossible } from '#libs/event-sourcing';
import {
  type AccountCommand,
  type ChangePassword,
  type EndPost,
  type HoldPost,
  type OpenAccount,
} from './account.commands.js';
import { type AccountEvent, type PostHeld } from './account.events.js';
import {
  mustBeADay,
  mustBeOpen,
  mustHoldNoPostFrom,
  mustKnowDepartment,
  passwordMustBeTheirs,
  violation,
} from './account.rules.js';
import { type AccountState, type KnownAccount, postOn } from './account.state.js';
import { unfit } from './password-rules.js';

function open(state: AccountState, command: OpenAccount): AccountEvent[] {
  const account = command.id;
  if (state.at !== 'nothing') throw violation('account.exists', { account }, 'state');
  if ((command.post === undefined) !== (command.department === undefined)) {
    throw violation('account.post-without-department', {}, 'input');
  }
  const opened: AccountEvent = {
    type: 'AccountOpened',
    version: 1,
    data: {
      account,
      displayName: command.displayName,
      role: command.role,
      passwordHash: command.hashed?.hash ?? null,
    },
  };
  if (command.post === undefined || command.department === undefined) return [opened];
  mustKnowDepartment(command.departmentKnown, command.department);
  const from = mustBeADay('from', command.from ?? dayOf(command.meta.now));
  return [opened, held(account, command.post, command.department, from)];
}

function changePassword(state: AccountState, command: ChangePassword): AccountEvent[] {
  passwordMustBeTheirs(command);
  const account = mustBeOpen(state, command.id);
  const own = command.meta.actor.person === account.account;
  if (own && !command.currentMatches) throw violation('account.wrong-password', {}, 'input');
  if (command.isTheLast) throw unfit('account.password-unchanged');
  if (command.hashed === null) throw new Error('the handler hashes the new password');
  return [
    {
      type: 'PasswordChanged',
      version: 1,
      data: { account: account.account, passwordHash: command.hashed.hash },
    },
  ];
}

function holdPost(state: AccountState, command: HoldPost): AccountEvent[] {
  const account = mustBeOpen(state, command.id);
  mustKnowDepartment(command.departmentKnown, command.department);
  const from = mustBeADay('from', command.from ?? dayOf(command.meta.now));
  mustHoldNoPostFrom(account, from);
  return [held(account.account, command.post, command.department, from)];
}

function endPost(state: AccountState, command: EndPost): AccountEvent[] {
  const account = mustBeOpen(state, command.id);
  const today = dayOf(command.meta.now);
  const until = mustBeADay('until', command.until ?? today);
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

function held(account: string, post: string, department: string, from: string): PostHeld {
  return { type: 'PostHeld', version: 1, data: { account, post, department, from } };
}

/** The seed's passwords are shown to whoever starts the demonstration, and are for nobody else. */
function isSetByAdmin(actor: Actor, account: string): boolean {
  return actor.role === 'admin' && actor.person !== account;
}

function known(state: AccountState): KnownAccount {
  if (state.at === 'nothing') throw new Error('an account’s first event is AccountOpened');
  return state;
}

/** Local accounts: who they are, which one role they have, and which post they hold on which day. */
export const accountDecider: Decider<AccountState, AccountCommand, AccountEvent> = {
  initial: { at: 'nothing' },

  decide(state, command) {
    switch (command.type) {
      case 'OpenAccount':
        return open(state, command);
      case 'ChangePassword':
        return changePassword(state, command);
      case 'HoldPost':
        return holdPost(state, command);
      case 'EndPost':
        return endPost(state, command);
      case 'CloseAccount': {
        const { account } = mustBeOpen(state, command.id);
        return [{ type: 'AccountClosed', version: 1, data: { account, reason: command.reason } }];
      }
      default:
        return impossible(command);
    }
  },

  evolve(state, event) {
    switch (event.type) {
      case 'AccountOpened': {
        const { account, displayName, role, passwordHash } = event.data;
        const mustChange = passwordHash !== null && isSetByAdmin(event.metadata.actor, account);
        return {
          ...{ at: 'open', account, displayName, role, passwordHash, generation: 0, posts: [] },
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
      default:
        return impossible(event);
    }
  },
};
