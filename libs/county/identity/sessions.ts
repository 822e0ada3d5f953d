import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { type SlotStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { LRUCache } from 'lru-cache';
import { type AccountDirectory, type AccountEntry } from './account-directory.js';
import { type Identity, isBound, type KnownAccount } from './account.state.js';

/** Sessions of one person at a time; the one that was not used for longest ends when another begins. */
const MOST_OF_A_PERSON = 20;
/** How often the last use of a session is noted. */
const NOTED_MS = 60_000;
const SECRET_BYTES = 32;
const ID_BYTES = 12;
/** A longer cookie was not given here: the id of an account and a secret. */
const MOST_CHARACTERS = 200;
const MOST_OF_A_DEVICE = 200;
const SLOT = 'sessions-';

/** A session as it is kept: of its secret there is only a hash. Instants are milliseconds since the epoch. */
export interface KeptSession {
  /** Names the session in a list; it opens nothing. */
  readonly id: string;
  /** SHA-256 of the secret, base64url. */
  readonly hash: string;
  /** See AccountState: a session of an older generation has ended. */
  readonly generation: number;
  readonly begunAt: number;
  readonly seenAt: number;
  readonly endsAt: number;
  readonly address: string;
  /** What the browser says it is, shortened; null if it says nothing. */
  readonly device: string | null;
  /** The subject of the identity provider who signed in; left out for a password. */
  readonly identity?: Identity;
  /** The password was set by an administrator: good for changing it, and for nothing else. */
  readonly mustChangePassword?: true;
}

export interface SessionLimits {
  readonly lifetimeMs: number;
  /** Without a request for this long it ends. */
  readonly idleMs: number;
}

/** How and where a person signed in. */
export interface Beginning {
  readonly address: string;
  readonly device: string | null;
  readonly identity?: Identity;
  readonly mustChangePassword?: boolean;
}

export interface LiveSession {
  readonly session: KeptSession;
  readonly entry: AccountEntry;
}

/**
 * Sessions of browsers, in one slot of the read store for each person, so that each can be ended at once, by whatever process.
 * Changing the password, closing the account or releasing an identity ends them by itself: each is compared with its account.
 */
export class Sessions {
  /** Who last showed a cookie. */
  private readonly shownBy = new LRUCache<string, string>({ max: 10_000 });

  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly store: SlotStore,
    private readonly directory: Pick<AccountDirectory, 'find'>,
    private readonly limits: SessionLimits,
  ) {}

  /** Has a listener called whenever a session was ended by this process. */
  onEnd(listener: () => void): void {
    this.listeners.add(listener);
  }

  /** Returns the value of the cookie. */
  async begin(
    account: KnownAccount,
    { mustChangePassword, device, ...beginning }: Beginning,
    now: number,
  ): Promise<{ readonly cookie: string; readonly session: KeptSession }> {
    const secret = randomBytes(SECRET_BYTES).toString('base64url');
    const session: KeptSession = {
      ...beginning,
      device: device === null ? null : device.slice(0, MOST_OF_A_DEVICE),
      ...(mustChangePassword === true && { mustChangePassword }),
      id: randomBytes(ID_BYTES).toString('base64url'),
      hash: hashOf(secret),
      generation: account.generation,
      begunAt: now,
      seenAt: now,
      endsAt: now + this.limits.lifetimeMs,
    };
    await this.change(account.account, (held) => {
      const live = held.filter((each) => this.isLive(each, account, now));
      const latest = [...live].sort((one, other) => other.seenAt - one.seenAt);
      return [...latest.slice(0, MOST_OF_A_PERSON - 1), session];
    });
    return { cookie: `${account.account}.${secret}`, session };
  }

  /** The session that a cookie opens; null when it has ended, or never was. */
  async find(cookie: string, now: number): Promise<LiveSession | null> {
    const read = readCookie(cookie);
    if (read === null) return null;
    const entry = await this.directory.find(read.account);
    if (entry === null) return null;
    const session = await this.ofSecret(read);
    if (session === null || !this.isLive(session, entry.account, now)) return null;
    this.shownBy.set(session.hash, read.account);
    if (now - session.seenAt >= NOTED_MS) await this.noteUse(read.account, session.id, now);
    return { session, entry };
  }

  /** The person who last showed this cookie to this process, whether or not it is good still. */
  lastShownBy(cookie: string): string | null {
    const read = readCookie(cookie);
    return read === null ? null : (this.shownBy.get(hashOf(read.secret)) ?? null);
  }

  /** Of one person, the one used last first. */
  async ofPerson(account: KnownAccount, now: number): Promise<readonly KeptSession[]> {
    const held = sessionsIn(await this.store.slot(SLOT + account.account));
    return held
      .filter((each) => this.isLive(each, account, now))
      .sort((one, other) => other.seenAt - one.seenAt);
  }

  /** False when the person has no session of that id. */
  async end(account: KnownAccount, id: string, now: number): Promise<boolean> {
    let isThere = false;
    await this.change(account.account, (held) => {
      isThere = held.some((each) => each.id === id && this.isLive(each, account, now));
      return held.filter((each) => each.id !== id && this.isLive(each, account, now));
    });
    for (const listener of this.listeners) listener();
    return isThere;
  }

  /** Ends the session that a cookie opens, if there is one. */
  async endOf(cookie: string): Promise<void> {
    const read = readCookie(cookie);
    const session = read === null ? null : await this.ofSecret(read);
    if (read === null || session === null) return;
    await this.change(read.account, (held) => held.filter(({ id }) => id !== session.id));
    for (const listener of this.listeners) listener();
  }

  private async ofSecret({ account, secret }: Read): Promise<KeptSession | null> {
    const given = Buffer.from(hashOf(secret));
    const held = sessionsIn(await this.store.slot(SLOT + account));
    return held.find(({ hash }) => timingSafeEqual(Buffer.from(hash), given)) ?? null;
  }

  private isLive({ generation, endsAt, seenAt, identity }: KeptSession, account: KnownAccount, now: number) {
    return (
      account.at === 'open' &&
      generation === account.generation &&
      now < endsAt &&
      now - seenAt < this.limits.idleMs &&
      (identity === undefined || isBound(account, identity))
    );
  }

  /** A store that takes no writes for now must not end what it still can read. */
  private async noteUse(account: string, id: string, now: number): Promise<void> {
    try {
      await this.change(account, (held) =>
        held.map((each) => (each.id === id ? { ...each, seenAt: Math.max(now, each.seenAt) } : each)),
      );
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }

  private async change(
    account: string,
    change: (held: readonly KeptSession[]) => readonly KeptSession[],
  ): Promise<void> {
    await this.store.changeSlot(SLOT + account, (text) => {
      const sessions = change(sessionsIn(text));
      return sessions.length === 0 ? null : JSON.stringify(sessions);
    });
  }
}

interface Read {
  readonly account: string;
  readonly secret: string;
}

function readCookie(cookie: string): Read | null {
  if (cookie.length > MOST_CHARACTERS) return null;
  const [, account, secret] = /^([A-Za-z0-9][A-Za-z0-9._-]{0,99})\.([A-Za-z0-9_-]{43})$/.exec(cookie) ?? [];
  return account === undefined || secret === undefined ? null : { account, secret };
}

function sessionsIn(text: string | null): readonly KeptSession[] {
  return text === null ? [] : (JSON.parse(text) as readonly KeptSession[]);
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}
