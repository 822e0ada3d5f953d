import { setTimeout as sleep } from 'node:timers/promises';
import gossipGrpc from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import serverfeaturesGrpc from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import streamsGrpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import grpc from '@grpc/grpc-js';
import {
  Appends,
  type AppendCall,
  type AppendConditions,
  type AppendService,
  type BatchCall,
} from './eventstoredb-appends.js';
import { EventStoreDbLog } from './eventstoredb-log.js';
import { clusterMessage, type ClusterMember, featuresMessage } from './eventstoredb-messages.js';
import { answerRead, fail, type ReadCall } from './eventstoredb-reads.js';

/** What the server does to its clients on order. */
export interface Faults {
  /** Nothing is answered and nothing sent while true; the connection stays open. */
  frozen: boolean;
  /** How much later each answer comes. */
  delayMs: number;
  /** What it does with appends. */
  appends: AppendService;
  /** A held append is refused this many milliseconds later; null = it is never answered. */
  heldMs: number | null;
  /** Port of the node that leads, for the answer `not-leader`. */
  leaderPort: number;
  /** Reads and subscriptions are refused, as by a server that starts. */
  readsRefused: boolean;
  /** Answers to appends on one stream come in the opposite order, a few at a time. */
  reordered: boolean;
  /** How many appends are stored and get a closed connection instead of an answer. */
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
  /** Its log; one of its own if none is given. */
  readonly log?: EventStoreDbLog;
  /** The nodes of its cluster; by itself it is the only one. */
  readonly members?: () => readonly ClusterMember[];
  /** Who may use streams; without it, everybody. */
  readonly user?: { readonly name: string; readonly password: string };
}

/**
 * A server of EventStoreDB's gRPC protocol over a log in memory, built from the client's own generated messages, that
 * behaves as a real 22.10 was seen to behave. Adapter and client run against it as against the real one.
 */
export class EventStoreDbServer {
  readonly faults: Faults = {
    frozen: false,
    delayMs: 0,
    appends: 'served',
    heldMs: null,
    leaderPort: 0,
    readsRefused: false,
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
  readonly #appends: Appends;

  private constructor(
    readonly log: EventStoreDbLog,
    private readonly version: string,
    private readonly options: ServerOptions,
  ) {
    this.#port = options.port ?? 0;
    this.#appends = new Appends(log, this.#appendConditions());
  }

  static async start(options: ServerOptions = {}): Promise<EventStoreDbServer> {
    const server = new EventStoreDbServer(
      options.log ?? new EventStoreDbLog(),
      options.version ?? '22.10.5.0',
      options,
    );
    await server.start();
    return server;
  }

  get port(): number {
    return this.#port;
  }

  get isRunning(): boolean {
    return this.#server !== null;
  }

  /** Append streams that clients have open. */
  get appendStreams(): number {
    return this.#appends.streams;
  }

  /** Appends that were held so far. */
  get heldAppends(): number {
    return this.#appends.held;
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
        void this.#appends.single(call, answer),
      batchAppend: (call: BatchCall) => {
        this.#appends.batch(call);
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
          answer(null, clusterMessage(this.#members()));
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

  #members(): readonly ClusterMember[] {
    return this.options.members?.() ?? [{ port: this.#port, isAlive: true, isLeader: true }];
  }

  #appendConditions(): AppendConditions {
    const { faults } = this;
    return {
      ready: () => this.#ready(),
      losesAnswer: () => this.#losesAnswer(),
      get service() {
        return faults.appends;
      },
      get heldMs() {
        return faults.heldMs;
      },
      get leaderPort() {
        return faults.leaderPort;
      },
      get reordered() {
        return faults.reordered;
      },
    };
  }

  async #read(call: ReadCall): Promise<void> {
    call.on('error', () => undefined);
    const { faults, version } = this;
    if (faults.readsRefused) {
      fail(call, grpc.status.UNAVAILABLE, 'Server Is Not Ready');
      return;
    }
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

  /** True when an answer is to be lost: the append is stored, and the connection is closed. */
  #losesAnswer(): boolean {
    if (this.faults.lostAnswers === 0) return false;
    this.faults.lostAnswers -= 1;
    void this.cut();
    return true;
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
