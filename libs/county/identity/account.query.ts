import {
  type Actor,
  filteredPage,
  holdsEveryWord,
  type Page,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { CASE_WORKERS, type Role } from '#libs/shell/roles';
import { type AccountDocument, accounts, postHeldOn } from './account.projection.js';

/** A person whom the head of a department may assign: of the account no more than that takes. */
type AssignablePerson = Pick<AccountDocument, 'id' | 'status' | 'role' | 'displayName' | 'posts'>;

/** An account as one person may see it. */
export type ShownAccount = AccountDocument | AssignablePerson;

export type AccountsQuery = {
  /** Who asks. */
  readonly actor: Actor;
  /** Legal day on which posts are held. */
  readonly day: string;
  readonly waiting: boolean;
  /** Those who hold a post in it on the day. */
  readonly department?: string;
  readonly role?: Role;
  /** Words, all of which are in the id or in the name of an official: the names of others are sealed. */
  readonly q?: string;
  readonly limit: number;
  readonly cursor: string | null;
};

const INDEXES = [
  { index: 'waiting', by: ['isWaiting'] },
  { index: 'department', by: ['departments'] },
  { index: 'all', by: [] },
] as const;

/** Accounts by id: all of them for those who keep them, for the head of a department the people who may be assigned there. */
export async function listAccounts(models: ReadModels, query: AccountsQuery): Promise<Page<ShownAccount>> {
  const { actor, day, waiting, department, role, q, limit, cursor } = query;
  const conditions = { ...(waiting && { isWaiting: true }), departments: department, role };
  const page = await filteredPage(models, accounts, {
    conditions,
    indexes: INDEXES,
    keep: (account) =>
      (department === undefined || postHeldOn(account, day)?.department === department) &&
      (q === undefined || holdsEveryWord(searchedOf(account), q)) &&
      shownTo(actor, account, day) !== null,
    limit,
    cursor,
  });
  return { ...page, items: page.items.flatMap((account) => shownTo(actor, account, day) ?? []) };
}

const searchedOf = ({ id, displayName }: AccountDocument): readonly string[] =>
  typeof displayName === 'string' ? [id, displayName] : [id];

/** One account, if there is one that the person who asks may see. */
export async function findAccount(
  models: ReadModels,
  { id, actor, day }: { readonly id: string; readonly actor: Actor; readonly day: string },
): Promise<ShownAccount | 'hidden' | null> {
  const found = await models.get(accounts, id);
  return found && (shownTo(actor, found, day) ?? 'hidden');
}

function shownTo(actor: Actor, account: AccountDocument, day: string): ShownAccount | null {
  if (actor.role !== 'department-head') return account;
  const { id, status, role, displayName, posts = [] } = account;
  const isAssignable = CASE_WORKERS.some((one) => one === role);
  const isOwn = actor.department !== null && postHeldOn(account, day)?.department === actor.department;
  return isAssignable && isOwn ? { id, status, role, displayName, posts } : null;
}
