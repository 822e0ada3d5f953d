import { setImmediate } from 'node:timers/promises';
import { LogDamaged, type StoredEvent } from '#libs/engine/event-sourcing';
import { type Database } from 'lmdb';
import { database, openEnvironment } from './environment.js';
import { damageBeforeOpening } from './environment-use.js';
import { GroupRecord, NO_CHAIN, streamsNamedIn } from './group-record.js';

/** Something in the log that is not what was written. */
export interface LogProblem {
  readonly position: bigint;
  /** The last position that is lost by it; null where that is not known. */
  readonly to: bigint | null;
  /** Null where it is not known. */
  readonly stream: string | null;
  readonly reason: string;
}

/** One entry of the log, looked at by itself. */
export interface CheckedEntry {
  /** What of it is whole, oldest first. */
  readonly events: readonly StoredEvent[];
  readonly problems: readonly LogProblem[];
  /** False for an entry of the first format, which has no checksums. */
  readonly hasChecksums: boolean;
  /** The log's id and its chain up to here, in hex; null where the entry does not say. */
  readonly id: string | null;
  readonly chain: string | null;
}

/** Entries between two turns of the event loop. */
const ENTRIES_A_TURN = 64;

/**
 * Every entry of the embedded log from the beginning, also of one that is damaged and cannot be opened as a store: checksums,
 * the chain, the log's id, and that no entry is missing. Nothing is written.
 * @throws LogDamaged where LMDB itself could not read its pages
 */
export async function* checkLmdbLog(directory: string): AsyncGenerator<CheckedEntry> {
  const damage = await damageBeforeOpening(directory, 'events');
  if (damage !== null) throw new LogDamaged(null, null, damage);
  const root = openEnvironment(directory, 'events', { durable: true, readOnly: true });
  try {
    const entries = database<Buffer, number>(root, 'log', 'binary');
    const walk = new LogWalk(entries);
    let count = 0;
    for (const position of entries.getKeys({ snapshot: false })) {
      const value = entries.getBinary(position);
      if (value) yield walk.look(position, value);
      if (++count % ENTRIES_A_TURN === 0) await setImmediate();
    }
  } finally {
    await root.close();
  }
}

class LogWalk {
  private next: number | null = 0;
  private chain: Buffer | null = NO_CHAIN;
  private id: string | null = null;
  private hadChecksums = false;

  constructor(private readonly entries: Database<Buffer, number>) {}

  look(position: number, value: Buffer): CheckedEntry {
    const missing = this.missingBefore(position);
    let group: GroupRecord;
    try {
      group = new GroupRecord(position, value);
    } catch (error) {
      return this.unreadable(position, value, [...missing, this.problemOf(error, this.lastOf(position))]);
    }
    const { events, problems } = this.eventsOf(group);
    const found = [...missing, ...problems];
    if (found.length === 0) found.push(...this.foreign(group));
    this.next = position + group.events;
    this.chain = group.chain ?? this.chain;
    this.hadChecksums ||= group.isChecked;
    const id = group.id?.toString('hex') ?? null;
    this.id ??= id;
    return {
      events,
      problems: found,
      hasChecksums: group.isChecked,
      id,
      chain: group.chain?.toString('hex') ?? null,
    };
  }

  private unreadable(position: number, value: Buffer, problems: readonly LogProblem[]): CheckedEntry {
    const streams = streamsNamedIn(value);
    this.next = null;
    this.chain = null;
    return {
      events: [],
      problems: problems.map((problem) =>
        problem.position === BigInt(position) && streams.length > 0
          ? { ...problem, stream: streams.join(', ') }
          : problem,
      ),
      hasChecksums: true,
      id: null,
      chain: null,
    };
  }

  private missingBefore(position: number): readonly LogProblem[] {
    if (this.next === null || this.next === position) return [];
    this.chain = null;
    if (position < this.next) {
      const reason = 'its entry begins before the end of the one before it';
      return [{ position: BigInt(position), to: null, stream: null, reason }];
    }
    const [from, to] = [BigInt(this.next), BigInt(position - 1)];
    return [{ position: from, to, stream: null, reason: 'there is no entry that holds it' }];
  }

  /** The last position before the next entry. */
  private lastOf(position: number): bigint | null {
    const [next] = this.entries.getKeys({ start: position, exclusiveStart: true, limit: 1 });
    return next === undefined ? null : BigInt(next - 1);
  }

  private eventsOf(group: GroupRecord): { events: StoredEvent[]; problems: LogProblem[] } {
    const events: StoredEvent[] = [];
    const problems: LogProblem[] = [];
    let index = 0;
    try {
      for (const [stream, revision, count] of group.headers()) {
        for (let offset = 0; offset < count; offset += 1, index += 1) {
          try {
            events.push(group.event(index, stream, revision + offset));
          } catch (error) {
            problems.push(this.problemOf(error));
          }
        }
      }
    } catch (error) {
      problems.push(this.problemOf(error, this.lastOf(group.firstPosition)));
    }
    if (!group.isChecked) this.chain = this.chain && group.chainAfter(this.chain);
    return { events, problems };
  }

  /** An entry that is whole, and yet not the one that was written here. */
  private foreign(group: GroupRecord): readonly LogProblem[] {
    const problem = (reason: string) => [
      { position: BigInt(group.firstPosition), to: null, stream: group.headers()[0]?.[0] ?? null, reason },
    ];
    if (!group.isChecked)
      return this.hadChecksums ? problem('its entry has no checksums, and those before it have') : [];
    if (this.id !== null && group.id?.toString('hex') !== this.id)
      return problem('its entry is one of another log');
    if (this.chain !== null && !group.chain?.equals(group.chainAfter(this.chain)))
      return problem('its chain does not go on from the entries before it: one of them was changed');
    return [];
  }

  private problemOf(error: unknown, to: bigint | null = null): LogProblem {
    if (!(error instanceof LogDamaged) || error.position === null) throw error;
    const { position, stream, reason } = error;
    return { position, to: to ?? position, stream, reason };
  }
}
