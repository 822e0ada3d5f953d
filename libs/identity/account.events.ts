import { type DomainEvent } from '#libs/event-sourcing';

/** An account and its one role. `passwordHash` is Argon2id in PHC form; null when others check the password (OIDC). */
export type AccountOpened = DomainEvent<
  'AccountOpened',
  1,
  {
    readonly account: string;
    readonly displayName: string;
    readonly role: string;
    readonly passwordHash: string | null;
  }
>;

/** Tokens issued before count no longer. */
export type PasswordChanged = DomainEvent<
  'PasswordChanged',
  1,
  { readonly account: string; readonly passwordHash: string }
>;

/** 任职: from this legal day on (YYYY-MM-DD) the person acts for the department in this post. */
export type PostHeld = DomainEvent<
  'PostHeld',
  1,
  {
    readonly account: string;
    readonly post: string;
    readonly department: string;
    readonly from: string;
  }
>;

/** 免职: the last legal day of the post. */
export type PostEnded = DomainEvent<
  'PostEnded',
  1,
  { readonly account: string; readonly post: string; readonly department: string; readonly until: string }
>;

export type AccountClosed = DomainEvent<
  'AccountClosed',
  1,
  { readonly account: string; readonly reason: string }
>;

export type AccountEvent = AccountOpened | PasswordChanged | PostHeld | PostEnded | AccountClosed;
