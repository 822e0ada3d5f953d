import { type Database, type RootDatabase } from 'lmdb';
import { database } from './environment.js';
import { type AppendHeader } from './group-record.js';

/** Consecutive events of one stream at consecutive positions: what one append wrote. */
export interface Run {
  readonly revision: number;
  readonly position: number;
  readonly events: number;
}

const RUN_BYTES = 12;

/**
 * Where each stream's events are in the log. The log alone is the truth; this index follows it in steps: the newest
 * appends are kept in memory and written in one go when `isFull`, sorted, so that the cost of scattered keys is paid
 * once in some thousand appends instead of at each. What is in memory only is read back from the log at the next start.
 *
 * On disk: key [stream, first revision] → runs of (position f64, events u32), all appends of one step together.
 */
export class StreamIndex {
  private readonly entries: Database<Buffer, [string, number]>;
  private readonly recent = new Map<string, Run[]>();
  private recentRuns = 0;

  constructor(
    root: RootDatabase,
    private readonly stepSize: number,
  ) {
    this.entries = database(root, 'streams', 'binary');
  }

  get isFull(): boolean {
    return this.recentRuns >= this.stepSize;
  }

  add(header: AppendHeader, position: number): void {
    const [stream, revision, events] = header;
    const run = { revision, position, events };
    const known = this.recent.get(stream);
    if (known) known.push(run);
    else this.recent.set(stream, [run]);
    this.recentRuns += 1;
  }

  /** Revision of the stream's last event; null when it has none. */
  head(stream: string): number | null {
    const last = this.recent.get(stream)?.at(-1) ?? this.lastStored(stream);
    return last ? last.revision + last.events - 1 : null;
  }

  /** The runs that hold revision `from` and everything after it, in order. */
  *runs(stream: string, from: number): Generator<Run> {
    let next = from;
    const recent = [...(this.recent.get(stream) ?? [])];
    const firstRecent = recent[0]?.revision ?? Infinity;
    if (from < firstRecent) {
      // The entry that holds `from` begins at or before it.
      const [before] = this.entries.getKeys({
        start: [stream, from],
        end: [stream, -1],
        reverse: true,
        limit: 1,
      });
      const start: [string, number] = before ?? [stream, from];
      for (const { key, value } of this.entries.getRange({
        start,
        end: [stream, Infinity],
        snapshot: false,
      })) {
        for (const run of decodeRuns(key[1], value)) {
          if (run.revision + run.events <= next) continue;
          yield run;
          next = run.revision + run.events;
        }
      }
    }
    for (const run of recent) {
      if (run.revision + run.events <= next) continue;
      yield run;
      next = run.revision + run.events;
    }
  }

  /** Queues the writing of everything that is in memory: call it inside lmdb's block of conditional writes. */
  write(): void {
    for (const stream of [...this.recent.keys()].sort()) {
      const runs = this.recent.get(stream) ?? [];
      const first = runs[0];
      if (first) void this.entries.put([stream, first.revision], encodeRuns(runs));
    }
  }

  /** Everything before this position is on disk. */
  forgetBefore(position: number): void {
    for (const [stream, runs] of this.recent) {
      const last = runs.at(-1);
      const left = last && last.position < position ? [] : runs.filter((run) => run.position >= position);
      this.recentRuns -= runs.length - left.length;
      if (left.length === 0) this.recent.delete(stream);
      else this.recent.set(stream, left);
    }
  }

  private lastStored(stream: string): Run | undefined {
    const [last] = this.entries.getRange({
      start: [stream, Infinity],
      end: [stream, -1],
      reverse: true,
      limit: 1,
    });
    return last ? decodeRuns(last.key[1], last.value).at(-1) : undefined;
  }
}

function encodeRuns(runs: readonly Run[]): Buffer {
  const bytes = Buffer.allocUnsafeSlow(runs.length * RUN_BYTES);
  runs.forEach((run, index) => {
    bytes.writeDoubleLE(run.position, index * RUN_BYTES);
    bytes.writeUInt32LE(run.events, index * RUN_BYTES + 8);
  });
  return bytes;
}

function decodeRuns(firstRevision: number, bytes: Buffer): Run[] {
  const runs: Run[] = [];
  let revision = firstRevision;
  for (let offset = 0; offset < bytes.length; offset += RUN_BYTES) {
    const run = { revision, position: bytes.readDoubleLE(offset), events: bytes.readUInt32LE(offset + 8) };
    runs.push(run);
    revision += run.events;
  }
  return runs;
}
