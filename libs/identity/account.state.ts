/** One post a person holds or held; legal days, `until` inclusive, null while it goes on. */
export interface Post {
  readonly post: string;
  readonly department: string;
  readonly from: string;
  readonly until: string | null;
}

export type AccountState =
  | { readonly at: 'nothing' }
  | {
      readonly at: 'open' | 'closed';
      readonly account: string;
      readonly displayName: string;
      readonly role: string;
      readonly passwordHash: string | null;
      /** How often the password was set after the opening: a token of an older generation counts no longer. */
      readonly generation: number;
      /** In order of appointment. */
      readonly posts: readonly Post[];
      /** Whoever set the password was not the holder but an administrator. */
      readonly mustChangePassword?: true;
    };

export type KnownAccount = Exclude<AccountState, { at: 'nothing' }>;

/** The post held on a legal day (YYYY-MM-DD), null on a day without one. */
export function postOn(account: KnownAccount, day: string): Post | null {
  return (
    account.posts.findLast((post) => post.from <= day && (post.until === null || day <= post.until)) ?? null
  );
}
