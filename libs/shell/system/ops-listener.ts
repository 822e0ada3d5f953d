import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable } from '@nestjs/common';
import { type AddressInfo } from 'node:net';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * The second address of a process, for its operators: health in detail, and metrics, without a token. It is
 * meant to be reachable from this machine or from the network of the operators only.
 */
@Injectable()
export class OpsListener {
  private readonly requests = new WeakSet<IncomingMessage>();
  private server: Server | null = null;

  /** True for a request that came in here and not on the public port. */
  received(request: IncomingMessage): boolean {
    return this.requests.has(request);
  }

  /**
   * @param answer handles a request as the public port would
   * @throws the error of the operating system, `EADDRINUSE` for example
   */
  async listen(answer: Answer, at: { readonly host: string; readonly port: number }): Promise<void> {
    const server = createServer((request, response) => {
      this.requests.add(request);
      answer(request, response);
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(at.port, at.host, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.server = server;
  }

  /** Null while it is not listening. */
  get url(): string | null {
    if (this.server === null) return null;
    const { address, family, port } = this.server.address() as AddressInfo;
    return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
  }

  async close(): Promise<void> {
    const { server } = this;
    if (server === null) return;
    this.server = null;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }
}
