import { setTimeout as sleep } from 'node:timers/promises';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import serverfeaturesGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import { EventStoreDbLog, type Expected, MAX_APPEND_SIZE, type ProposedEvent } from './eventstoredb-log.js';
import {
  appendAnswer,
  batchAnswer,
  clusterMessage,
  expectedOfAppend,
  expectedOfBatch,
  featuresMessage,
  proposedOf,
  streamNameOf,
} from './eventstoredb-messages.js';
import { answerRead, type ReadCall } from './eventstoredb-reads.js';

/** What the server does to its clients on order. */
export interface Faults {
  /** Nothing is answered and nothing sent while true; the connection stays open. */
  frozen: boolean;
  /** Each answer comes so much later. */
  delayMs: number;
  /** Answers to appends on one stream come in the opposite order, a few at a time. */
  reordered: boolean;
  /** So many appends are stored, and the connection cut instead of an answer. */
  lostAnswers: number;
  /** Subscriptions say nothing while the log grows. */
  silent: boolean;
  /** A live subscription this many events behind is ended with "Consumer too slow". */
  slowConsumerLimit: number;
}

export interface ServerOptions {
  readonly port?: number;
  /** 23.10 and later say when a subscription has caught up. */
  readonly version?: string;
  /** PEM of its key and certificate: then it speaks TLS alone. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Who may use streams; without it, everybody. */
  readonly user?: { readonly name: string; readonly password: string };
}

/** How long answers are held that go out in the opposite order. */
const HELD_MS = 10;

type AppendCall = grpc.ServerReadableStream<streamsPb.AppendReq, streamsPb.AppendResp>;
type BatchCall = grpc.ServerDuplexStream<streamsPb.BatchAppendReq, streamsPb.BatchAppendResp>;
type Batch = { stream: string; expected: Expected; events: ProposedEvent[]; size: number };

/**
 * A server of EventStoreDB's gRPC protocol over a log in memory, built from the client's own generated messages, that
 * behaves as a real 22.10 was seen to behave. Adapter and client run against it as against the real one.
 */
export class EventStoreDbServer {
  readonly faults: Faults = {
    frozen: false,
    delayMs: 0,
    reordered: false,
    lostAnswers: 0,
    silent: false,
    slowConsumerLimit: Infinity,
  };
  /** Subscriptions ended because their reader was too slow. */
  slowConsumers = 0;
  #server: grpc.Server | null = null;
  readonly #thawed = new Set<() => void>();
  #port: number;

  private constructor(
    readonly log: EventStoreDbLog,
    private readonly version: string,
    private readonly options: ServerOptions,
  ) {
    this.#port = options.port ?? 0;
  }

  static async start(options: ServerOptions = {}): Promise<EventStoreDbServer> {
    const server = new EventStoreDbServer(new EventStoreDbLog(), options.version ?? '22.10.5.0', options);
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  /** Connection string of a client of this one node. */
  get url(): string {
    return `esdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Listens, again after a stop: on the same port, with the same log. */
  async start(): Promise<void> {
    const server = new grpc.Server({
      // As Kestrel, the real server's, has it: calls above this wait.
      'grpc.max_concurrent_streams': 100,
      'grpc.max_receive_message_length': 32 * 1024 * 1024,
      'grpc.max_send_message_length': 32 * 1024 * 1024,
      interceptors: this.options.user ? [onlyFor(this.options.user)] : [],
    });
    server.addService(streamsGrpc.StreamsService, {
      read: (call: ReadCall) => void this.#read(call),
      append: (call: AppendCall, answer: grpc.sendUnaryData<streamsPb.AppendResp>) =>
        void this.#append(call, answer),
      batchAppend: (call: BatchCall) => {
        this.#batchAppend(call);
      },
      delete: unimplemented,
      tombstone: unimplemented,
    });
    server.addService(serverfeaturesGrpc.ServerFeaturesService, {
      getSupportedMethods: (_: unknown, answer: grpc.sendUnaryData<unknown>) =>
        void this.#ready().then(() => {
          answer(null, featuresMessage(this.version));
        }),
    });
    server.addService(gossipGrpc.GossipService, {
      read: (_: unknown, answer: grpc.sendUnaryData<unknown>) =>
        void this.#ready().then(() => {
          answer(null, clusterMessage(this.#port));
        }),
    });
    this.#port = await new Promise<number>((resolve, reject) => {
      server.bindAsync(`127.0.0.1:${this.#port}`, credentialsOf(this.options), (error, port) => {
        if (error) reject(error);
        else resolve(port);
      });
    });
    this.#server = server;
  }

  /** Cuts every connection and stops listening. */
  stop(): void {
    this.thaw();
    this.#server?.forceShutdown();
    this.#server = null;
  }

  /** Cuts every connection; new ones are taken at once. */
  async cut(): Promise<void> {
    this.stop();
    await this.start();
  }

  freeze(): void {
    this.faults.frozen = true;
  }

  thaw(): void {
    this.faults.frozen = false;
    for (const go of this.#thawed) go();
    this.#thawed.clear();
  }

  async #ready(): Promise<void> {
    while (this.faults.frozen) await new Promise<void>((resolve) => this.#thawed.add(resolve));
    if (this.faults.delayMs > 0) await sleep(this.faults.delayMs);
  }

  async #read(call: ReadCall): Promise<void> {
    call.on('error', () => undefined);
    const { faults, version } = this;
    await answerRead(call, this.log, {
      ready: () => this.#ready(),
      get silent() {
        return faults.silent;
      },
      get slowConsumerLimit() {
        return faults.slowConsumerLimit;
      },
      tooSlow: () => {
        this.slowConsumers += 1;
      },
      saysCaughtUp: Number(version.split('.')[0]) >= 24 || version.startsWith('23.10'),
    });
  }

  /** True when an answer is to be lost: the append is stored, and the connection goes. */
  #losesAnswer(): boolean {
    if (this.faults.lostAnswers === 0) return false;
    this.faults.lostAnswers -= 1;
    void this.cut();
    return true;
  }

  async #append(call: AppendCall, answer: grpc.sendUnaryData<streamsPb.AppendResp>): Promise<void> {
    let options: streamsPb.AppendReq.Options | undefined;
    const events: ProposedEvent[] = [];
    call.on('error', () => undefined);
    for await (const request of call as AsyncIterable<streamsPb.AppendReq>) {
      options ??= request.getOptions();
      const proposed = request.getProposedMessage();
      if (proposed) events.push(proposedOf(proposed));
    }
    await this.#ready();
    if (!options) return;
    const expected = expectedOfAppend(options);
    const outcome = this.log.append(streamNameOf(options.getStreamIdentifier()), expected, events);
    if (outcome.kind === 'stored' && this.#losesAnswer()) return;
    const message = appendAnswer(outcome, expected);
    if (message) {
      answer(null, message);
      return;
    }
    const metadata = new grpc.Metadata();
    if (outcome.kind === 'too-large') {
      metadata.set('exception', 'maximum-append-size-exceeded');
      metadata.set('maximum-append-size', `${MAX_APPEND_SIZE}`);
    }
    answer({ code: grpc.status.INVALID_ARGUMENT, details: outcome.kind, metadata });
  }

  #batchAppend(call: BatchCall): void {
    const open = new Map<string, Batch>();
    const held: streamsPb.BatchAppendResp[] = [];
    const reply = async (message: streamsPb.BatchAppendResp): Promise<void> => {
      await this.#ready();
      const send = (list: readonly streamsPb.BatchAppendResp[]) => {
        for (const each of list) if (!call.cancelled && !call.destroyed) call.write(each);
      };
      if (!this.faults.reordered) {
        send([message]);
        return;
      }
      if (held.push(message) > 1) return;
      await sleep(HELD_MS);
      send(held.splice(0).reverse());
    };
    call.on('error', () => undefined);
    call.on('end', () => {
      call.end();
    });
    // Requests are taken in the order they come, whatever is done to their answers.
    let before = Promise.resolve();
    call.on('data', (request: streamsPb.BatchAppendReq) => {
      before = before.then(async () => {
        await this.#ready();
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
        const outcome = this.log.append(batch.stream, batch.expected, batch.events);
        if (outcome.kind === 'stored' && this.#losesAnswer()) return;
        void reply(batchAnswer(id, batch.stream, outcome, batch.expected));
      });
    });
  }
}

const unimplemented = (_: unknown, answer: grpc.sendUnaryData<unknown>): void => {
  answer({ code: grpc.status.UNIMPLEMENTED, details: 'nothing is ever deleted' });
};

function credentialsOf({ tls }: ServerOptions): grpc.ServerCredentials {
  if (!tls) return grpc.ServerCredentials.createInsecure();
  const pair = { private_key: Buffer.from(tls.key), cert_chain: Buffer.from(tls.cert) };
  return grpc.ServerCredentials.createSsl(null, [pair]);
}

/** Ends every call on streams that does not carry this user's name and password; features and gossip are for everybody. */
function onlyFor({
  name,
  password,
}: {
  readonly name: string;
  readonly password: string;
}): grpc.ServerInterceptor {
  const wanted = `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;
  return ({ path }, call) =>
    new grpc.ServerInterceptingCall(call, {
      start: (next) => {
        next({
          onReceiveMetadata: (metadata, pass) => {
            const isOpen = !path.startsWith('/event_store.client.streams.Streams/');
            if (isOpen || metadata.get('authorization')[0] === wanted) pass(metadata);
            else call.sendStatus({ code: grpc.status.UNAUTHENTICATED, details: 'Unauthenticated' });
          },
        });
      },
    });
}
