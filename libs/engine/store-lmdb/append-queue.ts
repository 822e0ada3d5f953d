import {
  type AppendResult,
  type KeyUse,
  KeyUsedElsewhere,
  type StoredEvent,
  StoreFull,
  StoreUnavailable,
  WrongExpectedRevision,
} from '#libs/engine/event-sourcing';
import { type EventLog, type KeyedAppend } from './event-log.js';
import { type EncodedEvent } from './group-record.js';
import { type LogEndNote } from './log-end-note.js';
import { type WatchedEnvironment } from './watched-environment.js';

/** Bounds of one commit, so that a burst neither makes everybody wait for all nor fills memory twice. */
const GROUP_APPENDS = 1_024;
const GROUP_BYTES = 8 << 20;
/** What a group may take of the disk in addition to twice its bytes: the pages above its record, the list of free pages. */
const COMMIT_BYTES = 128 << 10;
/** At most so much is written anew by a step of the stream index. */
const INDEX_BYTES = 192 << 20;
/** What an append adds to the bytes of its events in a record. */
const APPEND_BYTES = 256;

/** An append on its way: checked and encoded, not yet decided. */
export interface PendingAppend {
  readonly stream: string;
  readonly expected: bigint | null;
  readonly ids: readonly string[];
  readonly bodies: readonly EncodedEvent[];
  readonly bytes: number;
  /** The key it was asked for with, and the one thing that is good for; null without a key. */
  readonly keyUse: KeyUse | null;
  readonly resolve: (result: AppendResult) => void;
  readonly reject: (error: Error) => void;
}

type Outcome = AppendResult | WrongExpectedRevision | KeyUsedElsewhere | StoreFull;

/**
 * Commits the appends of concurrent callers together. One group at a time is written; appends that come in the meantime go into
 * the next. No caller gets a result or a refusal before the group it was decided with is on disk.
 */
export class AppendQueue {
  private waiting: PendingAppend[] = [];
  private running: Promise<void> | null = null;

  constructor(
    private readonly log: EventLog,
    private readonly environment: Pick<WatchedEnvironment, 'disk' | 'files'>,
    private readonly note: Pick<LogEndNote, 'isAt' | 'mustHaveRoom' | 'record'>,
    private readonly onAppended: () => void,
  ) {}

  add(append: PendingAppend): void {
    this.waiting.push(append);
    this.running ??= this.run();
  }

  async idle(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // Lets the callers that were answered together come back together, into one group.
      await new Promise((resolve) => setImmediate(resolve));
      await this.commit(this.takeGroup());
    }
    this.running = null;
  }

  private takeGroup(): PendingAppend[] {
    let bytes = 0;
    let count = 0;
    for (const append of this.waiting) {
      bytes += append.bytes;
      if (count > 0 && (bytes > GROUP_BYTES || count === GROUP_APPENDS)) break;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async commit(group: readonly PendingAppend[]): Promise<void> {
    const { disk, files } = this.environment;
    try {
      for (;;) {
        disk.mustBeSound();
        this.log.refresh();
        const { accepted, outcomes } = this.decide(group);
        // False: another process wrote first; what it wrote may change every decision.
        if (accepted.length > 0 && !(await this.log.write(accepted, this.mayIndex()))) continue;
        files.mustBeTheSame();
        this.noteEnd(accepted.at(-1));
        group.forEach((append, index) => settle(append, outcomes[index]));
        if (accepted.length > 0) this.onAppended();
        return;
      }
    } catch (error) {
      const reason = await disk.failed(error);
      for (const append of group) append.reject(reason);
    }
  }

  /**
   * Notes how far the log goes. That includes a repeated append that another process stored and may have ended before noting.
   */
  private noteEnd(last: AcceptedAppend | undefined): void {
    const { end, identity } = this.log;
    const position = BigInt(end - 1);
    if (identity === null || this.note.isAt(position)) return;
    const isLast = last !== undefined && last.position + last.ids.length === end;
    const eventId = (isLast ? last.ids.at(-1) : this.log.at(end - 1)?.id) ?? '';
    this.note.record({ logId: identity.id.toString('hex'), position, eventId });
  }

  /** A step of the stream index touches many pages; while there is no room for them it waits in memory. */
  private mayIndex(): boolean {
    const { files } = this.environment;
    return !this.log.isIndexDue || files.hasRoom(Math.min(INDEX_BYTES, 2 * files.size() + COMMIT_BYTES));
  }

  /** When there is no room, an append that was stored before still gets its result, and the others are refused for lack of room. */
  private decide(group: readonly PendingAppend[]): {
    readonly accepted: readonly AcceptedAppend[];
    readonly outcomes: readonly Outcome[];
  } {
    const decision = new GroupDecision(this.log);
    const outcomes = group.map((append) => decision.decide(append));
    const { accepted } = decision;
    if (accepted.length === 0) return { accepted, outcomes };
    try {
      this.note.mustHaveRoom();
      this.environment.files.mustHaveRoom(bytesOf(accepted));
      return { accepted, outcomes };
    } catch (error) {
      if (!(error instanceof StoreFull)) throw error;
      const nothingMore = new GroupDecision(this.log, error);
      return { accepted: [], outcomes: group.map((append) => nothingMore.decide(append)) };
    }
  }
}

function bytesOf(accepted: readonly AcceptedAppend[]): number {
  let bytes = 0;
  for (const { bodies } of accepted) {
    bytes += APPEND_BYTES;
    for (const body of bodies) bytes += body.bytes;
  }
  return 2 * bytes + COMMIT_BYTES;
}

function settle(append: PendingAppend, outcome: Outcome | undefined): void {
  if (outcome instanceof Error) append.reject(outcome);
  else if (outcome) append.resolve(outcome);
  else append.reject(new StoreUnavailable('lmdb', 'an append was left undecided'));
}

type Identified = Pick<StoredEvent, 'id' | 'position'>;

function nextOf(events: Iterator<Identified, void>): Identified | null {
  const { value, done } = events.next();
  return done ? null : value;
}

interface AcceptedAppend extends KeyedAppend {
  readonly ids: readonly string[];
  readonly position: number;
}

/** What happens to each append of a group, in order: a later one sees the earlier ones as if they were stored. */
class GroupDecision {
  readonly accepted: AcceptedAppend[] = [];
  private readonly heads = new Map<string, number>();
  /** The thing of each key that this group uses. */
  private readonly keys = new Map<string, string>();
  private next: number;

  /** @param full why nothing is accepted; null while there is room */
  constructor(
    private readonly log: EventLog,
    private readonly full: StoreFull | null = null,
  ) {
    this.next = log.end;
  }

  decide(append: PendingAppend): Outcome {
    const { stream, expected, ids, bodies, keyUse } = append;
    const head = this.heads.get(stream) ?? this.log.head(stream);
    const firstRevision = expected === null ? 0 : Number(expected) + 1;
    if (firstRevision !== (head ?? -1) + 1) {
      return (
        this.firstAnswer(stream, firstRevision, ids) ??
        new WrongExpectedRevision(stream, expected, head === null ? null : BigInt(head))
      );
    }
    if (keyUse) {
      const thing = this.keys.get(keyUse.key) ?? this.log.thingOf(keyUse.key);
      if (thing !== null && thing !== keyUse.thing) return new KeyUsedElsewhere(keyUse.key, thing);
      this.keys.set(keyUse.key, keyUse.thing);
    }
    if (this.full) return this.full;
    this.accepted.push({ stream, firstRevision, bodies, ids, keyUse, position: this.next });
    this.next += ids.length;
    const revision = firstRevision + ids.length - 1;
    this.heads.set(stream, revision);
    return { revision: BigInt(revision), position: BigInt(this.next - 1) };
  }

  /** The result of the same append, if the events at its place in the stream are all and exactly these. */
  private firstAnswer(stream: string, firstRevision: number, ids: readonly string[]): AppendResult | null {
    let position: bigint | null = null;
    const inLog = this.log.stream(stream, firstRevision);
    const inGroup = this.acceptedFrom(stream, firstRevision);
    for (const id of ids) {
      const event = nextOf(inLog) ?? nextOf(inGroup);
      if (event?.id !== id) return null;
      position = event.position;
    }
    return position === null ? null : { revision: BigInt(firstRevision + ids.length - 1), position };
  }

  private *acceptedFrom(stream: string, from: number): Generator<Identified, void> {
    for (const append of this.accepted) {
      if (append.stream !== stream) continue;
      for (const [index, id] of append.ids.entries()) {
        if (append.firstRevision + index >= from) yield { id, position: BigInt(append.position + index) };
      }
    }
  }
}
