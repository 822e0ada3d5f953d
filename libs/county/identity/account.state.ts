import { type PersonalText } from '#libs/engine/event-sourcing';
import { type AccountChange } from './account.events.js';

/** One post a person holds or held; legal days, `until` inclusive, null while it goes on. */
export interface Post {
  readonly post: string;
  readonly department: string;
  readonly from: string;
  readonly until: string | null;
}

/** A person as an identity provider knows them. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

export function isBound({ identities }: KnownAccount, { issuer, subject }: Identity): boolean {
  return identities?.some((each) => each.issuer === issuer && each.subject === subject) ?? false;
}

/** A change that waits for a second person. */
export interface Proposal {
  readonly proposal: number;
  readonly change: AccountChange;
  readonly proposedBy: string;
}

/** Left out until something was proposed. */
interface Proposals {
  readonly proposals?: {
    /** The number of the last one. */
    readonly last: number;
    readonly waiting: readonly Proposal[];
  };
}

export type AccountState =
  | ({ readonly at: 'nothing' } & Proposals)
  | ({
      readonly at: 'open' | 'closed';
      readonly account: string;
      readonly displayName: PersonalText;
      readonly role: string;
      readonly passwordHash: string | null;
      /** How often the password was set after the opening: a token of an older generation counts no longer. */
      readonly generation: number;
      /** In order of appointment. */
      readonly posts: readonly Post[];
      /** The password was set by an administrator, not by the holder. */
      readonly mustChangePassword?: true;
      /** 统一社会信用代码; absent if there is none. */
      readonly creditCode?: string;
      /** Left out until one was bound. */
      readonly identities?: readonly Identity[];
    } & Proposals);

export type KnownAccount = Exclude<AccountState, { at: 'nothing' }>;

/** The post held on a legal day (YYYY-MM-DD), null on a day without one. */
export function postOn(account: KnownAccount, day: string): Post | null {
  return (
    account.posts.findLast((post) => post.from <= day && (post.until === null || day <= post.until)) ?? null
  );
}
