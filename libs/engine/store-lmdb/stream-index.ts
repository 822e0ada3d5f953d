import { crc32c } from '@node-rs/crc32';
import { LogDamaged } from '#libs/engine/event-sourcing';
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
const CHECKSUM_BYTES = 4;

/**
 * Where each stream's events are in the log. The log alone is the truth; this index follows it in steps: the newest
 * appends are kept in memory and written in one go when `isFull`, sorted, so that the cost of scattered keys is paid
 * once in some thousand appends instead of at each. What is in memory only is read back from the log at the next start.
 *
 * On disk: key [stream, first revision] → runs of (position f64, events u32), all appends of one step together; then, since
 * the log's format 2, u32 CRC32C of the runs and the key, so that no stream is answered with what is another's.
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
        for (const run of decodeRuns(key, value)) {
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
      if (first) void this.entries.put([stream, first.revision], encodeRuns(stream, runs));
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
    return last ? decodeRuns(last.key, last.value).at(-1) : undefined;
  }
}

function encodeRuns(stream: string, runs: readonly Run[]): Buffer {
  const runBytes = runs.length * RUN_BYTES;
  const bytes = Buffer.allocUnsafeSlow(runBytes + CHECKSUM_BYTES);
  runs.forEach((run, index) => {
    bytes.writeDoubleLE(run.position, index * RUN_BYTES);
    bytes.writeUInt32LE(run.events, index * RUN_BYTES + 8);
  });
  const checksum = checksumOf([stream, runs[0]?.revision ?? 0], bytes.subarray(0, runBytes));
  bytes.writeUInt32LE(checksum, runBytes);
  return bytes;
}

/** Whether an entry is what was written; entries from before there were checksums are taken as they are. */
export function isEntryWhole(key: readonly [string, number], bytes: Buffer): boolean {
  const rest = bytes.length % RUN_BYTES;
  const end = bytes.length - rest;
  if (rest === 0) return true;
  return rest === CHECKSUM_BYTES && bytes.readUInt32LE(end) === checksumOf(key, bytes.subarray(0, end));
}

/** @throws LogDamaged */
function decodeRuns(key: readonly [string, number], bytes: Buffer): Run[] {
  const [stream, firstRevision] = key;
  if (!isEntryWhole(key, bytes))
    throw new LogDamaged(null, stream, 'its entry in the index of streams is not what was written');
  const end = bytes.length - (bytes.length % RUN_BYTES);
  const runs: Run[] = [];
  let revision = firstRevision;
  for (let offset = 0; offset < end; offset += RUN_BYTES) {
    const run = { revision, position: bytes.readDoubleLE(offset), events: bytes.readUInt32LE(offset + 8) };
    runs.push(run);
    revision += run.events;
  }
  return runs;
}

function checksumOf([stream, revision]: readonly [string, number], runs: Buffer): number {
  return crc32c(runs, crc32c(`${revision} ${stream}`));
}

/** Up to where the index is on disk, with a checksum behind it. */
export function encodeMark(position: number): string {
  return `${position} ${crc32c(`${position}`)}`;
}

/** 0 for a mark that is damaged too: the index is then made anew from the log, which is the truth. */
export function decodeMark(text = '0'): number {
  const [position = '', checksum] = text.split(' ');
  const isRight = checksum === undefined ? /^\d+$/.test(position) : checksum === `${crc32c(position)}`;
  return isRight ? Number(position) : 0;
}
