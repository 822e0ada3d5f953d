import { type Lease, type LeaseStore } from '#libs/engine/event-sourcing';
import { LEASE, type Notes } from './notes.js';
import { answer } from './turn.js';
import { type WatchedEnvironment } from './watched-environment.js';

/** Pages that the change of one note may take. */
const LEASE_BYTES = 128 << 10;

/** Leases among the store's own notes. A transaction has one writer at a time, of whatever process, and sees what the one before left. */
export class LmdbLeases implements LeaseStore {
  constructor(
    private readonly environment: WatchedEnvironment,
    private readonly notes: Notes,
  ) {}

  async leases(): Promise<readonly Lease[]> {
    return answer(() => {
      this.notes.lookAfresh();
      return this.notes.ofKind(LEASE).map(({ text }) => JSON.parse(text) as Lease);
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
      if (this.holds(lease)) this.notes.removeSync(LEASE + lease.name);
    });
  }

  private holds(lease: Lease): boolean {
    const stored = this.stored(lease);
    return stored?.owner === lease.owner && stored.term === lease.term;
  }

  private stored({ name }: Lease): Lease | null {
    const text = this.notes.get(LEASE + name);
    return text === null ? null : (JSON.parse(text) as Lease);
  }

  private put({ name, owner, term, beat }: Lease): void {
    this.notes.putSync(LEASE + name, JSON.stringify({ name, owner, term, beat }));
  }

  private async changed<Answer>(work: () => Answer): Promise<Answer> {
    const { root, disk, files } = this.environment;
    try {
      files.mustHaveRoomForReadModels(LEASE_BYTES);
      return root.transactionSync(work);
    } catch (error) {
      throw await disk.failed(error);
    }
  }
}
