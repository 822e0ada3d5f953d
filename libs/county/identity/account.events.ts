import { type DomainEvent, type PersonalText } from '#libs/engine/event-sourcing';

/** An account and its one role. `passwordHash` is Argon2id in PHC form; null when others check the password (OIDC). */
type AccountOpened = DomainEvent<
  'AccountOpened',
  1,
  {
    readonly account: string;
    /** Sealed for applicants and agents; see account.personal.ts. */
    readonly displayName: PersonalText;
    readonly role: string;
    readonly passwordHash: string | null;
    /** 统一社会信用代码; left out for persons, and by events from before it was asked for. */
    readonly creditCode?: string;
  }
>;

/** Tokens issued before count no longer. */
type PasswordChanged = DomainEvent<
  'PasswordChanged',
  1,
  { readonly account: string; readonly passwordHash: string }
>;

/** 登记统一社会信用代码: from now on it is the account's, and one that the account had before no more. */
type CreditCodeRegistered = DomainEvent<
  'CreditCodeRegistered',
  1,
  { readonly account: string; readonly creditCode: string }
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
type PostEnded = DomainEvent<
  'PostEnded',
  1,
  { readonly account: string; readonly post: string; readonly department: string; readonly until: string }
>;

type AccountClosed = DomainEvent<'AccountClosed', 1, { readonly account: string; readonly reason: string }>;

/** The holder is the person whom the identity provider knows by this subject, which it never gives to another. */
type IdentityBound = DomainEvent<
  'IdentityBound',
  1,
  { readonly account: string; readonly issuer: string; readonly subject: string }
>;

type IdentityReleased = DomainEvent<
  'IdentityReleased',
  1,
  { readonly account: string; readonly issuer: string; readonly subject: string }
>;

/** What one administrator has asked for and another person must confirm, with everything that its event will say. */
export type AccountChange =
  | {
      readonly act: 'open';
      readonly displayName: PersonalText;
      readonly role: string;
      readonly passwordHash: string | null;
      readonly post: string | null;
      readonly department: string | null;
      readonly from: string | null;
    }
  | { readonly act: 'password'; readonly passwordHash: string }
  | { readonly act: 'post'; readonly post: string; readonly department: string; readonly from: string }
  | { readonly act: 'post-end'; readonly until: string }
  | { readonly act: 'closure'; readonly reason: string }
  | { readonly act: 'identity'; readonly issuer: string; readonly subject: string };

/** Why a change needs a second person. */
export type SecondPersonCause = 'back-dated' | 'overseer' | 'administrator';

/** An administrator asks for a change that takes a second person; nothing has changed yet. */
export type AccountChangeProposed = DomainEvent<
  'AccountChangeProposed',
  1,
  {
    readonly account: string;
    /** Counts from 1 in the account. */
    readonly proposal: number;
    readonly change: AccountChange;
    readonly causes: readonly SecondPersonCause[];
    readonly proposedBy: string;
  }
>;

/** Another administrator, or the holder, agreed: the events of the change stand before this one. */
type AccountChangeConfirmed = DomainEvent<
  'AccountChangeConfirmed',
  1,
  { readonly account: string; readonly proposal: number; readonly act: AccountChange['act'] }
>;

export type AccountChangeDropped = DomainEvent<
  'AccountChangeDropped',
  1,
  { readonly account: string; readonly proposal: number; readonly reason: string }
>;

export type AccountEvent =
  | AccountOpened
  | PasswordChanged
  | CreditCodeRegistered
  | PostHeld
  | PostEnded
  | AccountClosed
  | IdentityBound
  | IdentityReleased
  | AccountChangeProposed
  | AccountChangeConfirmed
  | AccountChangeDropped;
