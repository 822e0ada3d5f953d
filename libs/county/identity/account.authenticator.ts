import { LRUCache } from 'lru-cache';
import { dayOf, endOfDay } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { Authenticator, type Clock, type Credential, unauthenticated } from '#libs/shell/nest';
import { decodeJwt } from 'jose';
import { type AccountDirectory, type AccountEntry } from './account-directory.js';
import { RESERVED_NAMES } from './account.proposals.js';
import { type KnownAccount, postOn } from './account.state.js';
import { type Identities } from './identities.js';
import { type OidcTokens } from './oidc.js';
import { type Sessions } from './sessions.js';
import { type LocalTokens, refused, type VerifiedToken } from './tokens.js';

const CAPACITY = 10_000;

export interface AuthenticatorParts {
  readonly local: LocalTokens;
  /** null: local tokens only. */
  readonly oidc: OidcTokens | null;
  readonly sessions: Sessions;
  readonly directory: AccountDirectory;
  readonly identities: Identities;
  readonly clock: Clock;
}

/** A token that was found valid, and until when that may be remembered: its own end, or the end of the legal day. */
interface Remembered {
  readonly actor: Actor;
  readonly entry: AccountEntry;
  readonly until: number;
}

/**
 * Turns tokens and sessions into actors. A token that was checked is not checked again until the day or its account changes; a
 * session may be ended by another process, so it is looked up each time.
 */
export class AccountAuthenticator extends Authenticator {
  private readonly remembered = new LRUCache<string, Remembered>({ max: CAPACITY });
  /** Actors whose token is good for changing the password only. */
  private readonly restricted = new WeakSet<Actor>();

  constructor(private readonly parts: AuthenticatorParts) {
    super();
  }

  override recall({ kind, value }: Credential): Actor | null {
    const known = kind === 'token' ? this.remembered.get(value) : undefined;
    if (known === undefined) return null;
    if (known.entry.current && this.parts.clock.now() < known.until) return known.actor;
    this.remembered.delete(value);
    return null;
  }

  override lastShownBy(credential: Credential): string | null {
    const { kind, value } = credential;
    if (kind === 'session') return this.parts.sessions.lastShownBy(value);
    return this.recall(credential)?.person ?? null;
  }

  override authenticate({ kind, value }: Credential): Promise<Actor> {
    return kind === 'token' ? this.ofToken(value) : this.ofSession(value);
  }

  private async ofToken(token: string): Promise<Actor> {
    const { clock, directory } = this.parts;
    const now = clock.now();
    const verified = await this.verify(token, now);
    const entry = await directory.find(verified.account);
    if (entry === null || entry.account.at === 'closed') throw unauthenticated();
    if (verified.generation !== null && verified.generation !== entry.account.generation)
      throw unauthenticated();
    const day = dayOf(new Date(now).toISOString());
    const actor = this.actor(entry.account, day, verified.mustChangePassword === true);
    const until = Math.min(verified.expiresAt, Date.parse(endOfDay(day)));
    this.remembered.set(token, { actor, entry, until });
    return actor;
  }

  private async ofSession(cookie: string): Promise<Actor> {
    const { clock, sessions } = this.parts;
    const now = clock.now();
    const found = await sessions.find(cookie, now);
    if (found === null) throw unauthenticated('http.session-ended');
    const { entry, session } = found;
    return this.actor(entry.account, dayOf(new Date(now).toISOString()), session.mustChangePassword === true);
  }

  private actor(account: KnownAccount, day: string, mustChangePassword: boolean): Actor {
    if (RESERVED_NAMES.includes(account.account)) throw unauthenticated();
    const actor = actorOn(account, day);
    if (mustChangePassword) this.restricted.add(actor);
    return actor;
  }

  /** Whether this actor, as a token gave it, may do nothing but change the password. */
  mustChangePassword(actor: Actor): boolean {
    return this.restricted.has(actor);
  }

  private async verify(token: string, now: number): Promise<VerifiedToken> {
    const { local, oidc, identities } = this.parts;
    if (oidc === null || issuerOf(token) !== oidc.issuer) return local.verify(token, now);
    const { issuer, subject, expiresAt } = await oidc.verify(token, now);
    const account = await identities.accountOf({ issuer, subject });
    if (account === null) throw unauthenticated('identity.not-bound');
    return { account, generation: null, expiresAt, signedInAt: null };
  }
}

/** Who an account is on a legal day: its role, with the department and post held on that day. */
export function actorOn(account: KnownAccount, day: string): Actor {
  const post = postOn(account, day);
  return {
    person: account.account,
    post: post?.post ?? null,
    department: post?.department ?? null,
    role: account.role,
  };
}

/** Read before the signature is checked, only to know whose signature it must be. */
function issuerOf(token: string): string | null {
  try {
    return decodeJwt(token).iss ?? null;
  } catch (error) {
    throw refused(error);
  }
}
