import { dayOf, endOfDay } from '#libs/law/calendar';
import { type PersonalText, projection, type Recorded } from '#libs/engine/event-sourcing';
import {
  type AccountChange,
  type AccountChangeProposed,
  type AccountEvent,
  type PostHeld,
  type SecondPersonCause,
} from './account.events.js';
import { isOverseeing } from './account.proposals.js';

/** What was done, or is asked for, of which the holder and the supervision office have to know. */
type AccountNotice = {
  readonly kind: 'proposed' | 'confirmed' | 'dropped' | 'done';
  readonly act: AccountChange['act'];
  /** Number of the proposal; null where one was not needed. */
  readonly proposal: number | null;
  readonly by: string;
  readonly occurredAt: string;
  readonly revision: string;
};

/** A change that waits for a second person. What it would set the password to is not in it. */
type WaitingChange = {
  readonly proposal: number;
  readonly act: AccountChange['act'];
  readonly causes: readonly SecondPersonCause[];
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly role: string | null;
  readonly post: string | null;
  readonly department: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly reason: string | null;
};

/** A post with its legal days, `until` inclusive and null while it goes on. */
type HeldPost = Pick<PostHeld['data'], 'post' | 'department' | 'from'> & { readonly until: string | null };

/** 账号: one account, its changes that wait for confirmation, and its notices. */
export type AccountDocument = {
  readonly id: string;
  readonly status: 'proposed' | 'open' | 'closed';
  readonly role: string | null;
  /** Of applicants and agents sealed; null until the account is opened. */
  readonly displayName: PersonalText | null;
  /** 统一社会信用代码; absent if there is none. */
  readonly creditCode?: string;
  /** Posts that the holder has or had, in order of appointment; left out before the first. */
  readonly posts?: readonly HeldPost[];
  /** Their departments, by which people are found; left out before the first. */
  readonly departments?: readonly string[];
  /** ISO instant; left out while it is open. */
  readonly closedAt?: string;
  /** Left out while the account is open and no post of it has a last day: nothing has to go back to a desk. */
  readonly hasDeparted?: true;
  readonly isWaiting: boolean;
  readonly waiting: readonly WaitingChange[];
  /** The last ones, the first first. */
  readonly notices: readonly AccountNotice[];
  /** ISO instant of the last notice; null when there is none. */
  readonly noticedAt: string | null;
  readonly revision: string;
};

/** The latest are kept; all of them stay in the log. */
const NOTICES_KEPT = 20;

type Fold<Type extends AccountEvent['type']> = (
  document: AccountDocument,
  event: Extract<Recorded<AccountEvent>, { type: Type }>,
) => AccountDocument;

const changeProposed: Fold<'AccountChangeProposed'> = (document, event) => {
  const waiting = [...document.waiting, waitingChange(event)];
  const { proposal, change } = event.data;
  return told({ ...document, waiting, isWaiting: true }, event, {
    kind: 'proposed',
    act: change.act,
    proposal,
  });
};

/** Accounts by id, for administrators and the supervision office. */
export const accounts = projection<AccountDocument, AccountEvent>({
  name: 'accounts',
  version: 4,
  model: 'accounts',
  indexes: {
    all: { equals: [] },
    waiting: { equals: ['isWaiting'] },
    role: { equals: ['role', 'status'] },
    creditCode: { equals: ['creditCode'], present: 'creditCode' },
    department: { equals: ['departments'], present: 'departments' },
    departed: { equals: ['hasDeparted'], present: 'hasDeparted' },
    noticed: { equals: [], range: 'noticedAt', present: 'noticedAt' },
  },
  keys: (event) => [event.data.account],
  create: {
    AccountOpened: (event) => opened(nothingYet(event.data.account), event),
    AccountChangeProposed: (event) => changeProposed(nothingYet(event.data.account), event),
  },
  update: {
    AccountOpened: (document, event) => opened(document, event),
    AccountClosed: (document, event) => {
      const closedAt = event.metadata.occurredAt;
      const closed: AccountDocument = { ...document, status: 'closed', closedAt, hasDeparted: true };
      return isOverseeing(document.role ?? '') ? done(closed, event, 'closure') : at(closed, event);
    },
    PasswordChanged: (document, event) =>
      event.metadata.actor.person === document.id ? at(document, event) : done(document, event, 'password'),
    CreditCodeRegistered: (document, event) => at({ ...document, creditCode: event.data.creditCode }, event),
    PostHeld: (before, event) => {
      const { post, department, from } = event.data;
      const posts = [...(before.posts ?? []), { post, department, from, until: null }];
      const departments = [...new Set(posts.map((each) => each.department))];
      const document: AccountDocument = { ...before, posts, departments };
      return from < dayOf(event.metadata.occurredAt) ? done(document, event, 'post') : at(document, event);
    },
    PostEnded: (before, event) => {
      const { department, until } = event.data;
      const posts = before.posts ?? [];
      const ended = posts.findLastIndex((one) => one.department === department);
      const document: AccountDocument = {
        ...before,
        posts: posts.map((one, index) => (index === ended ? { ...one, until } : one)),
        hasDeparted: true,
      };
      return until < dayOf(event.metadata.occurredAt)
        ? done(document, event, 'post-end')
        : at(document, event);
    },
    IdentityBound: (document, event) => done(document, event, 'identity'),
    IdentityReleased: (document, event) => at(document, event),
    AccountChangeProposed: changeProposed,
    AccountChangeConfirmed: (document, event) => over(document, event, 'confirmed'),
    AccountChangeDropped: (document, event) => over(document, event, 'dropped'),
  },
});

/** The post that an account that is open holds on a legal day; null on a day without one. */
export const postHeldOn = ({ status, posts = [] }: AccountDocument, day: string): HeldPost | null =>
  status === 'open'
    ? (posts.findLast(({ from, until }) => from <= day && (until === null || day <= until)) ?? null)
    : null;

/** Why, and from which instant on, the holder handles nothing in a department any more; null while they do, or never did. */
export function departureFrom(
  { status, posts = [], closedAt }: AccountDocument,
  department: string,
  day: string,
): { readonly cause: 'account-closed' | 'post-ended'; readonly at: string } | null {
  if (status === 'closed' && closedAt !== undefined) return { cause: 'account-closed', at: closedAt };
  const own = posts.filter((post) => post.department === department);
  const last = own.at(-1);
  if (
    last === undefined ||
    last.until === null ||
    own.some(({ from, until }) => from <= day && (until === null || day <= until))
  ) {
    return null;
  }
  return last.until < day ? { cause: 'post-ended', at: endOfDay(last.until) } : null;
}

function nothingYet(id: string): AccountDocument {
  const empty = { isWaiting: false, waiting: [], notices: [], noticedAt: null };
  return { id, status: 'proposed', role: null, displayName: null, ...empty, revision: '0' };
}

const opened: Fold<'AccountOpened'> = (document, event) => {
  const { role, displayName, creditCode } = event.data;
  const code = creditCode !== undefined && { creditCode };
  const open: AccountDocument = { ...document, status: 'open', role, displayName, ...code };
  return isOverseeing(event.data.role) ? done(open, event, 'open') : at(open, event);
};

function at(document: AccountDocument, { revision }: Recorded<AccountEvent>): AccountDocument {
  return { ...document, revision: revision.toString() };
}

function done(
  document: AccountDocument,
  event: Recorded<AccountEvent>,
  act: AccountChange['act'],
): AccountDocument {
  return told(document, event, { kind: 'done', act, proposal: null });
}

function over(
  document: AccountDocument,
  event: Extract<Recorded<AccountEvent>, { type: 'AccountChangeConfirmed' | 'AccountChangeDropped' }>,
  kind: 'confirmed' | 'dropped',
): AccountDocument {
  const { proposal } = event.data;
  const found = document.waiting.find((each) => each.proposal === proposal);
  if (!found) throw new Error(`account ${document.id} has no proposal ${proposal} that waits`);
  const waiting = document.waiting.filter((each) => each !== found);
  const after = { ...document, waiting, isWaiting: waiting.length > 0 };
  return told(after, event, { kind, act: found.act, proposal });
}

function told(
  document: AccountDocument,
  event: Recorded<AccountEvent>,
  notice: Pick<AccountNotice, 'kind' | 'act' | 'proposal'>,
): AccountDocument {
  const { actor, occurredAt } = event.metadata;
  const revision = event.revision.toString();
  const notices = [...document.notices, { ...notice, by: actor.person, occurredAt, revision }];
  return { ...document, notices: notices.slice(-NOTICES_KEPT), noticedAt: occurredAt, revision };
}

function waitingChange({ data, metadata }: Recorded<AccountChangeProposed>): WaitingChange {
  const { proposal, change, causes, proposedBy } = data;
  const { act } = change;
  const empty = { role: null, post: null, department: null, from: null, until: null, reason: null };
  const shown = { ...empty, proposal, act, causes, proposedBy, proposedAt: metadata.occurredAt };
  switch (act) {
    case 'open': {
      const { role, post, department, from } = change;
      return { ...shown, role, post, department, from };
    }
    case 'post': {
      const { post, department, from } = change;
      return { ...shown, post, department, from };
    }
    case 'post-end':
      return { ...shown, until: change.until };
    case 'closure':
      return { ...shown, reason: change.reason };
    case 'identity':
    case 'password':
      return shown;
  }
}
