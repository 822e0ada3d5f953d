import { LRUCache } from 'lru-cache';
import { retry, type EventStore, StoreUnavailable } from '#libs/engine/event-sourcing';
import { type AccountState, type KnownAccount } from './account.state.js';

export const ACCOUNT_STREAM = 'account-';

/** Entries remembered at most. */
const CAPACITY = 10_000;
const BACK_OFF = { first: 500, longest: 500 };

/** An account as it was when it was looked up. */
export interface AccountEntry {
  readonly account: KnownAccount;
  /** Turns false once an event was written to the account: look it up again. */
  current: boolean;
}

/** What the directory needs of the accounts' runner. */
export interface AccountStates {
  load(stream: string): Promise<{ readonly state: AccountState }>;
}

/**
 * Accounts by name, remembered. Follows the `account-` events of the log, so that a change made by another process is
 * seen too.
 */
export class AccountDirectory {
  private readonly entries = new LRUCache<string, AccountEntry>({
    max: CAPACITY,
    // A caller with an entry that is no longer kept here misses later changes.
    dispose: (entry) => (entry.current = false),
  });
  private readonly stopping = new AbortController();
  private following: Promise<void> | null = null;
  private changes = 0;
  /** Where following begins is known: every later change will be seen. */
  private isFollowing = false;

  constructor(
    private readonly store: EventStore,
    private readonly accounts: AccountStates,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** The account, closed ones included; null if there is none. */
  async find(name: string): Promise<AccountEntry | null> {
    const known = this.entries.get(name);
    if (known) return known;
    const before = this.changes;
    const { state } = await this.accounts.load(ACCOUNT_STREAM + name);
    if (state.at === 'nothing') return null;
    // A change seen while it was read may be of this account, and before the log is followed no change is seen: use it once,
    // but do not remember it.
    const entry = { account: state, current: this.isFollowing && before === this.changes };
    if (entry.current) this.entries.set(name, entry);
    return entry;
  }

  /** Called when an account was written to, so that its remembered entry is dropped. */
  forget(name: string): void {
    this.changes++;
    this.entries.delete(name);
  }

  /** Begins to follow the log. Resolves even while the engine is unavailable; then it follows once that is back. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.following = this.follow(resolve);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  private async follow(onTried: () => void): Promise<void> {
    const { signal } = this.stopping;
    let after: bigint | null = null;
    const subscribe = async () => {
      if (!this.isFollowing) after = await this.store.lastPosition();
      this.isFollowing = true;
      onTried();
      const filter = { streamPrefixes: [ACCOUNT_STREAM] };
      for await (const batch of this.store.subscribeToAll({ after, filter, signal })) {
        for (const event of batch.events) this.forget(event.stream.slice(ACCOUNT_STREAM.length));
        after = batch.position;
      }
    };
    const isWorthIt = (error: unknown) => {
      // What is remembered may be old until the log can be followed again, so nothing is.
      this.forgetAll();
      onTried();
      if (!(error instanceof StoreUnavailable)) this.onFault(error);
      return true;
    };
    await retry(subscribe, { backOff: BACK_OFF, signal, isWorthIt });
    onTried();
  }

  private forgetAll(): void {
    this.changes++;
    this.entries.clear();
  }
}
