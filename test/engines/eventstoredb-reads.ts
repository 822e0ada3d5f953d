import { setImmediate } from 'node:timers/promises';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import { type EventStoreDbLog, type LogEvent } from './eventstoredb-log.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  notFoundMessage,
  streamNameOf,
} from './eventstoredb-messages.js';

type Options = streamsPb.ReadReq.Options;
export type ReadCall = grpc.ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;

/** What the server lets a read do, as its faults say at the moment. */
export interface ReadConditions {
  /** Resolves when answers may be sent. */
  ready(): Promise<void>;
  readonly silent: boolean;
  readonly slowConsumerLimit: number;
  readonly saysCaughtUp: boolean;
  /** Counts a subscription that was ended because its reader is too slow. */
  tooSlow(): void;
}

const isBackwards = (options: Options): boolean => Number(options.getReadDirection()) === 1;
/** Events looked at between two checkpoints, times the multiplier, where the filter names no window. */
const DEFAULT_WINDOW = 32;

/** Sends a message; waits when the client does not take it. False once the call is over. */
async function send(call: ReadCall, message: streamsPb.ReadResp): Promise<boolean> {
  if (call.cancelled || call.destroyed) return false;
  if (!call.write(message))
    await new Promise<void>((resolve) => {
      const done = () => {
        call.off('drain', done).off('cancelled', done).off('close', done);
        resolve();
      };
      call.on('drain', done).on('cancelled', done).on('close', done);
    });
  return !call.cancelled && !call.destroyed;
}

export const fail = (call: ReadCall, code: grpc.status, details: string): void => {
  call.emit('error', Object.assign(new Error(details), { code, details, metadata: new grpc.Metadata() }));
};

function filterOf(options: Options): (event: LogEvent) => boolean {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const onStream = filter.hasStreamIdentifier();
  const expression = onStream ? filter.getStreamIdentifier() : filter.getEventType();
  const prefixes = expression?.getPrefixList() ?? [];
  const regex = expression?.getRegex() ? new RegExp(expression.getRegex()) : null;
  return (event) => {
    const text = onStream ? event.stream : event.type;
    return regex ? regex.test(text) : prefixes.some((prefix) => text.startsWith(prefix));
  };
}

/** Answers one read or subscription. */
export async function answerRead(
  call: ReadCall,
  log: EventStoreDbLog,
  conditions: ReadConditions,
): Promise<void> {
  await conditions.ready();
  const options = call.request.getOptions();
  if (!options) {
    fail(call, grpc.status.INVALID_ARGUMENT, 'no options');
    return;
  }
  if (options.hasSubscription()) await subscribe(call, log, options, conditions);
  else if (options.hasStream()) await readStream(call, log, options);
  else await readAll(call, log, options);
}

async function readStream(call: ReadCall, log: EventStoreDbLog, options: Options): Promise<void> {
  const stream = options.getStream();
  const name = streamNameOf(stream?.getStreamIdentifier());
  const events = log.stream(name);
  if (events.length === 0) {
    await send(call, notFoundMessage(name));
    call.end();
    return;
  }
  const last = events.at(-1)?.revision ?? 0n;
  const start = stream?.hasEnd() ? last : stream?.hasStart() ? 0n : BigInt(stream?.getRevision() ?? 0);
  const list = isBackwards(options)
    ? events.filter(({ revision }) => revision <= start).reverse()
    : events.filter(({ revision }) => revision >= start);
  await sendAll(call, list, options);
}

async function readAll(call: ReadCall, log: EventStoreDbLog, options: Options): Promise<void> {
  const all = options.getAll();
  const { events } = log;
  const index = all?.hasStart()
    ? 0
    : all?.hasEnd()
      ? events.length
      : log.indexOf(BigInt(all?.getPosition()?.getCommitPosition() ?? '0'));
  if (index === null) {
    fail(call, grpc.status.UNKNOWN, 'Exception was thrown by handler.');
    return;
  }
  // Forwards a position is the first event given; backwards the events before it are.
  // The client cannot filter such a read, so the count is of events in the log.
  const count = Math.min(Number(options.getCount()), events.length);
  const list = isBackwards(options)
    ? events.slice(Math.max(0, index - count), index).reverse()
    : events.slice(index, index + count);
  await sendAll(call, list, options);
}

async function sendAll(call: ReadCall, events: readonly LogEvent[], options: Options): Promise<void> {
  const count = Number(options.getCount());
  for (const event of events.slice(0, Math.min(count, events.length)))
    if (!(await send(call, eventMessage(event)))) return;
  call.end();
}

async function subscribe(
  call: ReadCall,
  log: EventStoreDbLog,
  options: Options,
  conditions: ReadConditions,
): Promise<void> {
  const subscription = new Subscription(call, log, options, conditions);
  await subscription.run();
}

/** A subscription to $all or to one stream: catches up, then sends what is appended. */
class Subscription {
  #next = 0;
  #live = false;
  #looked = 0;
  readonly #matches: (event: LogEvent) => boolean;
  readonly #checkpointEvery: number | null;

  constructor(
    private readonly call: ReadCall,
    private readonly log: EventStoreDbLog,
    private readonly options: Options,
    private readonly conditions: ReadConditions,
  ) {
    const filter = options.getFilter();
    this.#matches = filterOf(options);
    this.#checkpointEvery = filter
      ? filter.getCheckpointintervalmultiplier() * (filter.hasMax() ? filter.getMax() : DEFAULT_WINDOW)
      : null;
  }

  async run(): Promise<void> {
    const start = this.#start();
    if (start === null) {
      fail(this.call, grpc.status.UNKNOWN, 'Exception was thrown by handler.');
      return;
    }
    this.#next = start;
    if (!(await send(this.call, confirmationMessage(crypto.randomUUID())))) return;
    while (!this.call.cancelled && !this.call.destroyed) {
      await this.conditions.ready();
      const behind = this.#source().length - this.#next;
      if (behind <= 0 || this.conditions.silent) {
        if (behind <= 0 && !this.#live) await this.#goLive();
        await this.#sleep();
      } else if (this.#live && behind > this.conditions.slowConsumerLimit) {
        this.conditions.tooSlow();
        const details = 'Consumer too slow to handle event while live. Client resubscription required.';
        fail(this.call, grpc.status.ABORTED, details);
        return;
      } else if (!(await this.#step())) return;
    }
  }

  #source(): readonly LogEvent[] {
    const stream = this.options.getStream();
    return stream ? this.log.stream(streamNameOf(stream.getStreamIdentifier())) : this.log.events;
  }

  /** Index of the first event to send: the one after the position given. A position beyond the end is taken as it is. */
  #start(): number | null {
    const stream = this.options.getStream();
    if (stream) {
      if (stream.hasStart()) return 0;
      return stream.hasEnd() ? this.#source().length : Number(stream.getRevision()) + 1;
    }
    const all = this.options.getAll();
    if (all?.hasStart()) return 0;
    if (all?.hasEnd()) return this.log.events.length;
    const position = BigInt(all?.getPosition()?.getCommitPosition() ?? '0');
    const index = this.log.indexOf(position);
    if (index === null) return null;
    return index === this.log.events.length ? Number.MAX_SAFE_INTEGER : index + 1;
  }

  async #step(): Promise<boolean> {
    const event = this.#source()[this.#next];
    if (!event) return true;
    this.#next += 1;
    this.#looked += 1;
    if (this.#matches(event) && !(await send(this.call, eventMessage(event)))) return false;
    if (this.#checkpointEvery !== null && this.#looked >= this.#checkpointEvery) {
      this.#looked = 0;
      if (!(await send(this.call, checkpointMessage(event.position)))) return false;
    }
    if (this.#next % 256 === 0) await setImmediate();
    return true;
  }

  async #goLive(): Promise<void> {
    this.#live = true;
    if (this.conditions.saysCaughtUp) await send(this.call, caughtUpMessage());
  }

  async #sleep(): Promise<void> {
    await new Promise<void>((resolve) => {
      const done = () => {
        forget();
        this.call.off('cancelled', done).off('close', done);
        resolve();
      };
      const forget = this.log.onAppend(done);
      this.call.on('cancelled', done).on('close', done);
    });
  }
}
