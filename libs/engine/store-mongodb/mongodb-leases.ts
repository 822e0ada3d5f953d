import { by, type Lease, type LeaseStore } from '#libs/engine/event-sourcing';
import { type Collection, MongoServerError } from 'mongodb';
import { DUPLICATE_KEY } from './mongodb-errors.js';
import { type StoredLease } from './stored.js';

type Call = <T>(work: () => Promise<T>) => Promise<T>;

const idOf = ({ name, term }: Lease): string => `${name}#${term}`;

/**
 * Leases, one document for each term of each: the id holds both, and of many who insert the same id one succeeds, on any
 * engine. FerretDB 1.24 reads and writes in two steps, so an update that names what it replaces would not do. The highest term
 * of a name is the lease; its owner removes the earlier ones.
 */
export class MongoLeases implements LeaseStore {
  constructor(
    private readonly collection: () => Collection<StoredLease>,
    private readonly call: Call,
  ) {}

  async leases(): Promise<readonly Lease[]> {
    const found = await this.call(() => this.collection().find().toArray());
    const current = new Map<string, Lease>();
    for (const { name, owner, term, beat } of found) {
      if (term > (current.get(name)?.term ?? 0)) current.set(name, { name, owner, term, beat });
    }
    return [...current.values()].sort(by(({ name }) => name));
  }

  async takeLease(lease: Lease): Promise<boolean> {
    if ((await this.highestTerm(lease.name)) !== lease.term - 1) return false;
    if (!(await this.call(() => this.insert(lease)))) return false;
    // Between the look and the insert this very term may have been taken, passed on and removed.
    if ((await this.highestTerm(lease.name)) !== lease.term) {
      await this.dropLease(lease);
      return false;
    }
    const { name, term } = lease;
    await this.call(() => this.collection().deleteMany({ name, term: { $lt: term } }));
    return true;
  }

  async renewLease(lease: Lease): Promise<boolean> {
    const { owner, beat } = lease;
    const { matchedCount } = await this.call(() =>
      this.collection().updateOne({ _id: idOf(lease), owner }, { $set: { beat } }),
    );
    return matchedCount === 1;
  }

  async dropLease(lease: Lease): Promise<void> {
    await this.call(() => this.collection().deleteOne({ _id: idOf(lease), owner: lease.owner }));
  }

  /** False when the term is taken. */
  private async insert(lease: Lease): Promise<boolean> {
    try {
      await this.collection().insertOne({ _id: idOf(lease), ...lease });
      return true;
    } catch (error) {
      if (error instanceof MongoServerError && error.code === DUPLICATE_KEY) return false;
      throw error;
    }
  }

  private async highestTerm(name: string): Promise<number> {
    const terms = await this.call(() => this.collection().find({ name }).toArray());
    return terms.reduce((highest, { term }) => Math.max(highest, term), 0);
  }
}
