import { type Lease, type LeaseStore } from '#libs/event-sourcing';
import { type Database, type RootDatabase } from 'lmdb';
import { unavailable } from './environment.js';
import { LEASE, notesOf } from './notes.js';
import { answer } from './turn.js';

/** Leases among the store's own notes. A transaction has one writer at a time, of whatever process, and sees what the one before left. */
export class LmdbLeases implements LeaseStore {
  constructor(
    private readonly root: RootDatabase,
    private readonly meta: Database<string, string>,
  ) {}

  async leases(): Promise<readonly Lease[]> {
    return answer(() => {
      // lmdb keeps a snapshot for a turn of the event loop: another process may have written since.
      this.meta.resetReadTxn();
      const stored = this.meta.getRange(notesOf(LEASE));
      return [...stored].map(({ value }) => JSON.parse(value) as Lease);
    });
  }

  async takeLease(lease: Lease): Promise<boolean> {
    return this.changed(() => {
      if ((this.stored(lease)?.term ?? 0) !== lease.term - 1) return false;
      this.put(lease);
      return true;
    });
  }

  async renewLease(lease: Lease): Promise<boolean> {
    return this.changed(() => {
      if (!this.holds(lease)) return false;
      this.put(lease);
      return true;
    });
  }

  async dropLease(lease: Lease): Promise<void> {
    await this.changed(() => {
      if (this.holds(lease)) this.meta.removeSync(LEASE + lease.name);
    });
  }

  private holds(lease: Lease): boolean {
    const stored = this.stored(lease);
    return stored?.owner === lease.owner && stored.term === lease.term;
  }

  private stored({ name }: Lease): Lease | null {
    const text = this.meta.get(LEASE + name);
    return text === undefined ? null : (JSON.parse(text) as Lease);
  }

  private put({ name, owner, term, beat }: Lease): void {
    this.meta.putSync(LEASE + name, JSON.stringify({ name, owner, term, beat }));
  }

  private async changed<Answer>(work: () => Answer): Promise<Answer> {
    try {
      return this.root.transactionSync(work);
    } catch (error) {
      throw await unavailable(error);
    }
  }
}
