import { setTimeout as sleep } from 'node:timers/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A way to a server that can be cut, slowed, held, or taken away while clients use it. */
export class TcpProxy {
  readonly #pairs = new Set<readonly [Socket, Socket]>();
  #server: Server | null = null;
  #held = false;
  /** Bytes that come from now on go through so much later, in their order. */
  delayMs = 0;
  #port = 0;

  private constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  static async start(host: string, port: number): Promise<TcpProxy> {
    const proxy = new TcpProxy(host, port);
    await proxy.open();
    return proxy;
  }

  get port(): number {
    return this.#port;
  }

  /** Takes connections, again after `close` on the same port. */
  async open(): Promise<void> {
    if (this.#server) return;
    const server = createServer((client) => {
      this.#join(client);
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    const address = server.address();
    if (address !== null && typeof address !== 'string') this.#port = address.port;
    this.#server = server;
  }

  /** Ends every connection that is open; new ones are taken. */
  cut(): void {
    for (const pair of this.#pairs) for (const socket of pair) socket.destroy();
    this.#pairs.clear();
  }

  /** Connections stay open and are taken, but not a byte goes through: half-open, as a frozen server is. */
  hold(): void {
    this.#held = true;
    for (const [client, target] of this.#pairs) {
      client.pause();
      target.pause();
    }
  }

  resume(): void {
    this.#held = false;
    for (const [client, target] of this.#pairs) {
      client.resume();
      target.resume();
    }
  }

  /** It is not listening any more. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.cut();
    if (server) await new Promise((resolve) => server.close(resolve));
  }

  #join(client: Socket): void {
    const target = connect(this.targetPort, this.host);
    const pair = [client, target] as const;
    this.#pairs.add(pair);
    for (const [from, to] of [
      [client, target],
      [target, client],
    ] as const) {
      let before = Promise.resolve();
      from.on('data', (bytes) => {
        const due = performance.now() + this.delayMs;
        before = before.then(async () => {
          const rest = due - performance.now();
          if (rest > 0) await sleep(rest);
          if (to.writable) to.write(bytes);
        });
      });
      from.on('error', () => undefined);
      from.on('close', () => {
        to.destroy();
        this.#pairs.delete(pair);
      });
    }
    if (this.#held) this.hold();
  }
}
