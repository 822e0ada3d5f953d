import { setTimeout as sleep } from 'node:timers/promises';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import {
  type AppendOutcome,
  type EventStoreDbLog,
  type Expected,
  MAX_APPEND_SIZE,
  type ProposedEvent,
} from './eventstoredb-log.js';
import {
  appendAnswer,
  batchAnswer,
  expectedOfAppend,
  expectedOfBatch,
  proposedOf,
  streamNameOf,
} from './eventstoredb-messages.js';

/**
 * What a node does with appends: one that starts is not ready, one that follows is not the leader, one that is being elected
 * holds them.
 */
export type AppendService = 'served' | 'not-ready' | 'not-leader' | 'held';

/** What the server lets an append do, as its faults say at the moment. */
export interface AppendConditions {
  /** Resolves when answers may be sent. */
  ready(): Promise<void>;
  readonly service: AppendService;
  /** A held append is never stored, and is refused this many milliseconds later; null = it is never answered. */
  readonly heldMs: number | null;
  readonly leaderPort: number;
  readonly reordered: boolean;
  /** True when an answer is to be lost: the append is stored, and the connection is closed. */
  losesAnswer(): boolean;
}

/** How long an append takes to be committed; the same one that comes in the meantime is dropped. */
const COMMIT_MS = 1;
/** After so long the server says that an append it dropped has timed out. */
const DROPPED_MS = 2_700;
/** How long answers are held that are sent in the opposite order. */
const REORDERED_MS = 10;

export type AppendCall = grpc.ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>;
export type BatchCall = grpc.ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>;
type Batch = { stream: string; expected: Expected; events: ProposedEvent[]; size: number };

/** Both ways of appending over one log, as a real server was seen to serve them. */
export class Appends {
  /** Append streams that are open. */
  streams = 0;
  /** Appends that were held so far. */
  held = 0;
  readonly #committing = new Set<string>();

  constructor(
    private readonly log: EventStoreDbLog,
    private readonly conditions: AppendConditions,
  ) {}

  async single(call: AppendCall, answer: grpc.sendUnaryData<streamsPb.AppendResp>): Promise<void> {
    let options: streamsPb.AppendReq.Options | undefined;
    const events: ProposedEvent[] = [];
    call.on('error', () => undefined);
    for await (const request of call as AsyncIterable<streamsPb.AppendReq>) {
      options ??= request.getOptions();
      const proposed = request.getProposedMessage();
      if (proposed) events.push(proposedOf(proposed));
    }
    await this.conditions.ready();
    if (!options) return;
    const expected = expectedOfAppend(options);
    const outcome = await this.#outcome(streamNameOf(options.getStreamIdentifier()), expected, events);
    if (outcome === null || (outcome.kind === 'stored' && this.conditions.losesAnswer())) return;
    const message = appendAnswer(outcome, expected);
    if (message) answer(null, message);
    else answer(statusOf(outcome, this.conditions.leaderPort));
  }

  batch(call: BatchCall): void {
    this.streams += 1;
    const open = new Map<string, Batch>();
    const late: streamsPb.BatchAppendResp[] = [];
    const reply = async (message: streamsPb.BatchAppendResp): Promise<void> => {
      await this.conditions.ready();
      const send = (list: readonly streamsPb.BatchAppendResp[]) => {
        for (const each of list) if (!call.cancelled && !call.destroyed) call.write(each);
      };
      if (!this.conditions.reordered) {
        send([message]);
        return;
      }
      if (late.push(message) > 1) return;
      await sleep(REORDERED_MS);
      send(late.splice(0).reverse());
    };
    const answer = async (id: string, { stream, expected, events }: Batch): Promise<void> => {
      const outcome = await this.#outcome(stream, expected, events);
      if (outcome === null || (outcome.kind === 'stored' && this.conditions.losesAnswer())) return;
      await reply(batchAnswer(id, stream, outcome, expected));
    };
    call.on('error', () => undefined);
    call.once('close', () => {
      this.streams -= 1;
    });
    call.on('end', () => {
      call.end();
    });
    // Requests are taken in the order they come, whatever is done to their answers.
    let before = Promise.resolve();
    call.on('data', (request: streamsPb.BatchAppendReq) => {
      before = before.then(async () => {
        await this.conditions.ready();
        const id = request.getCorrelationId()?.getString() ?? '';
        const options = request.getOptions();
        if (options)
          open.set(id, {
            stream: streamNameOf(options.getStreamIdentifier()),
            expected: expectedOfBatch(options),
            events: [],
            size: 0,
          });
        const batch = open.get(id);
        if (!batch) {
          // A part of an append that was answered already is answered once more.
          void reply(batchAnswer(id, '', { kind: 'bad-request' }, 'any'));
          return;
        }
        for (const message of request.getProposedMessagesList()) {
          const proposed = proposedOf(message);
          batch.events.push(proposed);
          batch.size += proposed.data.length + proposed.metadata.length;
        }
        if (!request.getIsFinal() && batch.size <= MAX_APPEND_SIZE) return;
        open.delete(id);
        void answer(id, batch);
      });
    });
  }

  /** Null: it is never answered. What is stored is in the log at once and acknowledged once it is committed. */
  async #outcome(
    stream: string,
    expected: Expected,
    events: readonly ProposedEvent[],
  ): Promise<AppendOutcome | null> {
    const { service, heldMs } = this.conditions;
    if (service === 'held') {
      this.held += 1;
      if (heldMs === null) return null;
      await sleep(heldMs, undefined, { ref: false });
      return { kind: 'timeout' };
    }
    if (service !== 'served') return { kind: service };
    const key = JSON.stringify([stream, `${expected}`, ...events.map(({ id }) => id)]);
    if (this.#committing.has(key)) {
      if (this.log.isKnownElsewhere(stream, events))
        return { kind: 'wrong-expected-version', current: this.log.stream(stream).at(-1)?.revision ?? null };
      await sleep(DROPPED_MS, undefined, { ref: false });
      return { kind: 'timeout' };
    }
    const outcome = this.log.append(stream, expected, events);
    if (outcome.kind !== 'stored') return outcome;
    this.#committing.add(key);
    await sleep(COMMIT_MS);
    this.#committing.delete(key);
    return outcome;
  }
}

/** The status of a single append that has no answer in the protocol. */
function statusOf({ kind }: AppendOutcome, leaderPort: number): Partial<grpc.StatusObject> {
  const metadata = new grpc.Metadata();
  if (kind === 'not-ready')
    return { code: grpc.status.UNAVAILABLE, details: 'Server Is Not Ready', metadata };
  if (kind === 'timeout') return { code: grpc.status.ABORTED, details: 'Operation timed out', metadata };
  if (kind === 'not-leader') {
    metadata.set('exception', 'not-leader');
    metadata.set('leader-endpoint-host', '127.0.0.1');
    metadata.set('leader-endpoint-port', `${leaderPort}`);
    return { code: grpc.status.NOT_FOUND, details: 'Leader info available', metadata };
  }
  if (kind === 'too-large') {
    metadata.set('exception', 'maximum-append-size-exceeded');
    metadata.set('maximum-append-size', `${MAX_APPEND_SIZE}`);
  }
  return { code: grpc.status.INVALID_ARGUMENT, details: kind, metadata };
}
