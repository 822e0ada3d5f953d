import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import { isOutside } from '#libs/shell/roles';
import { type AccountState, type Identity, type KnownAccount } from './account.state.js';
import { type ChangePassword } from './account.commands.js';
import { creditCodeFault } from './credit-code.js';
import { type IdentityViolation } from './identity.messages.js';

export function violation(code: IdentityViolation, params: JsonObject, kind: ViolationKind): RuleViolation {
  return new RuleViolation(code, params, kind);
}

/** Only an open account can be changed. */
export function mustBeOpen(state: AccountState, account: string): KnownAccount & { readonly at: 'open' } {
  if (state.at === 'nothing') throw violation('account.unknown', { account }, 'absent');
  if (state.at === 'closed') throw violation('account.closed', { account }, 'state');
  return { ...state, at: 'open' };
}

/** 手机号码, and 公民身份号码 (GB 11643) with the day of birth in it. */
const NUMBERS_OF_PERSONS = [
  /^1[3-9]\d{9}$/,
  /^\d{6}(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx]$/,
];

/** An account's id stays in the log, readable by everybody who may read it: it must not be a number of its holder. */
export function idMustBeAPseudonym(id: string): void {
  if (NUMBERS_OF_PERSONS.some((form) => form.test(id)))
    throw violation('account.id-is-a-number', {}, 'input');
}

/**
 * The caller's own account, or any for an administrator. Checked before the account is read, so that the refusal does not
 * reveal whether it exists.
 */
export function passwordMustBeTheirs({ id, meta }: ChangePassword): void {
  if (id === meta.actor.person || meta.actor.role === 'admin') return;
  throw violation('account.not-yours', {}, 'permission');
}

/** 2026-02-30 has the form of a day but does not exist. */
export function mustBeADay(field: string, value: string): string {
  const parsed = new Date(`${value}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== value) {
    throw violation('account.not-a-day', { field, value }, 'input');
  }
  return value;
}

/** One person holds one post at a time, so that every act has one department. */
export function mustHoldNoPostFrom(account: KnownAccount, from: string): void {
  const held = account.posts.findLast((post) => post.until === null || post.until >= from);
  if (held) {
    throw violation(
      'account.post-overlaps',
      { account: account.account, post: held.post, from: held.from },
      'state',
    );
  }
}

const field = 'creditCode';

/** Whose code it is to be. */
export interface CodeHolder {
  readonly role: string;
  readonly holdsPost: boolean;
}

/** A post that has ended counts too: who was an official is a person, and an organisation holds no post. */
export const codeHolderOf = ({ role, posts }: KnownAccount): CodeHolder => ({
  role,
  holdsPost: posts.length > 0,
});

/** GB 32100-2015: the form of a code, and its check character. */
export function creditCodeMustFit(field: string, code: string): void {
  const fault = creditCodeFault(code);
  if (fault === 'form') throw violation('account.credit-code-malformed', { field, code }, 'input');
  if (fault === 'check-character')
    throw violation('account.credit-code-check-character', { field, code }, 'input');
}

/** Outside the administration a person has no code, and an organisation may have one: a right one. */
export function creditCodeMustBeRight(code: string, { role, holdsPost }: CodeHolder): void {
  if (!isOutside(role) || holdsPost)
    throw violation('account.credit-code-of-staff', { field, role }, 'input');
  creditCodeMustFit(field, code);
}

/** @param holder the account that has it; null for none */
export function creditCodeMustBeFree(code: string, holder: string | null): void {
  // A caller who opens accounts may see all of them, so the other one is named.
  if (holder !== null)
    throw violation('account.credit-code-taken', { field, code, account: holder }, 'state');
}

/** No one could open accounts any more. */
export function anAdminMustBeLeft(account: string, hasOthers: boolean): void {
  if (!hasOthers) throw violation('account.last-admin', { account }, 'state');
}

export function identityMustBeFree({ issuer, subject }: Identity, isTaken: boolean): void {
  if (isTaken) throw violation('account.identity-taken', { issuer, subject }, 'state');
}

export function mustKnowDepartment(known: boolean, department: string): void {
  if (!known) throw violation('department.unknown', { department }, 'input');
}
