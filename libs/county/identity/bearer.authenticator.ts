import { LRUCache } from 'lru-cache';
import { dayOf, endOfDay } from '#libs/law/calendar';
import { type Actor } from '#libs/engine/event-sourcing';
import { Authenticator, type Clock, unauthenticated } from '#libs/shell/nest';
import { decodeJwt } from 'jose';
import { type AccountDirectory, type AccountEntry } from './account-directory.js';
import { RESERVED_NAMES } from './account.proposals.js';
import { type KnownAccount, postOn } from './account.state.js';
import { type Identities } from './identities.js';
import { type OidcTokens } from './oidc.js';
import { type LocalTokens, refused, type VerifiedToken } from './tokens.js';

const CAPACITY = 10_000;

/** A token that was found valid, and until when that may be remembered: its own end, or the end of the legal day. */
interface Remembered {
  readonly actor: Actor;
  readonly entry: AccountEntry;
  readonly until: number;
}

/** Turns bearer tokens into actors. A token that was checked is not checked again until the day or its account changes. */
export class BearerAuthenticator extends Authenticator {
  private readonly remembered = new LRUCache<string, Remembered>({ max: CAPACITY });
  /** Actors whose token is good for changing the password only. */
  private readonly restricted = new WeakSet<Actor>();

  constructor(
    private readonly local: LocalTokens,
    /** null: local tokens only. */
    private readonly oidc: OidcTokens | null,
    private readonly directory: AccountDirectory,
    private readonly identities: Identities,
    private readonly clock: Clock,
  ) {
    super();
  }

  override recall(token: string): Actor | null {
    const known = this.remembered.get(token);
    if (known === undefined) return null;
    if (known.entry.current && this.clock.now() < known.until) return known.actor;
    this.remembered.delete(token);
    return null;
  }

  override async authenticate(token: string): Promise<Actor> {
    const now = this.clock.now();
    const verified = await this.verify(token, now);
    const entry = await this.directory.find(verified.account);
    if (entry === null || entry.account.at === 'closed') throw unauthenticated();
    if (RESERVED_NAMES.includes(entry.account.account)) throw unauthenticated();
    if (verified.generation !== null && verified.generation !== entry.account.generation)
      throw unauthenticated();
    const day = dayOf(new Date(now).toISOString());
    const actor = actorOn(entry.account, day);
    if (verified.mustChangePassword === true) this.restricted.add(actor);
    const until = Math.min(verified.expiresAt, Date.parse(endOfDay(day)));
    this.remembered.set(token, { actor, entry, until });
    return actor;
  }

  /** Whether this actor, as a token gave it, may do nothing but change the password. */
  mustChangePassword(actor: Actor): boolean {
    return this.restricted.has(actor);
  }

  private async verify(token: string, now: number): Promise<VerifiedToken> {
    if (this.oidc === null || issuerOf(token) !== this.oidc.issuer) return this.local.verify(token, now);
    const { issuer, subject, expiresAt } = await this.oidc.verify(token, now);
    const account = await this.identities.accountOf({ issuer, subject });
    if (account === null) throw unauthenticated('identity.not-bound');
    return { account, generation: null, expiresAt };
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
