import { type ChildProcess, execFile, fork } from 'node:child_process';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { TEST_WAIT_MS } from '#libs/engine/event-sourcing-testing';
import { NO_RATES } from './no-rates.js';

const run = promisify(execFile);
const root = new URL('../..', import.meta.url).pathname;

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Output of `ops` on a data directory, in a process of its own. `npm test` has compiled it. */
export const ops = (dataDir: string, ...args: readonly string[]): Promise<string> =>
  opsWith({ DATA_DIR: dataDir }, ...args);

/** The same with these variables. */
export async function opsWith(
  env: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<string> {
  const { stdout } = await opsProcess(env, args);
  return stdout.trimEnd();
}

/** All that `ops` says; rejects with its code and what it said where it fails. */
export function opsProcess(env: Readonly<Record<string, string>>, args: readonly string[]) {
  return run(process.execPath, [join(root, 'dist/apps/ops/main.js'), ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'], ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
}

/** The server as an operator starts it, in a process that a test may kill. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    /** Where operators ask: health in detail, and metrics. */
    readonly opsUrl: string,
    private readonly ended: Promise<unknown>,
    private readonly output: () => string,
  ) {}

  /** Resolves once /health/ready is 200. */
  static async start(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.launch(dataDir, env);
    await server.answers('/health/ready');
    return server;
  }

  /** Resolves once /health/live is 200, whatever the process still waits for. */
  static async launch(dataDir: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.begin(dataDir, env);
    await server.answers('/health/live');
    return server;
  }

  /** How one ends that cannot start. */
  static async ended(dataDir: string, env: Record<string, string>) {
    return (await ServerProcess.begin(dataDir, env)).ending();
  }

  private static async begin(dataDir: string, env: Record<string, string>): Promise<ServerProcess> {
    const port = await freePort();
    const opsPort = await freePort();
    let output = '';
    const child = fork(join(root, 'dist/apps/server/main.js'), [], {
      cwd: root,
      env: {
        PATH: process.env['PATH'],
        DATA_DIR: dataDir,
        SEED: 'none',
        PORT: String(port),
        OPS_PORT: String(opsPort),
        LOG_LEVEL: 'warn',
        ...NO_RATES,
        AFTER_TIMEOUT_MS: '60000',
        ...env,
      },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (output += text.toString()));
    const ended = new Promise((resolve) => child.once('close', resolve));
    return new ServerProcess(
      child,
      `http://127.0.0.1:${port}`,
      `http://127.0.0.1:${opsPort}`,
      ended,
      () => output,
    );
  }

  /** Waits until the path answers 200; a process that does not get so far is ended. */
  async answers(path: string): Promise<void> {
    const end = performance.now() + TEST_WAIT_MS;
    while (performance.now() < end) {
      if (this.child.exitCode !== null)
        throw new Error(`the server ended with ${this.child.exitCode}:\n${this.output()}`);
      const isSo = await fetch(this.url + path).then(
        ({ status }) => status === 200,
        () => false,
      );
      if (isSo) return;
      await delay(100);
    }
    await this.kill();
    throw new Error(`${path} did not answer 200 in time:\n${this.output()}`);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** How it ends, once it does so by itself, and all that it has said. */
  async ending(): Promise<{
    readonly code: number | null;
    readonly signal: string | null;
    readonly said: string;
  }> {
    await this.ended;
    return { code: this.child.exitCode, signal: this.child.signalCode, said: this.output() };
  }

  /** SIGKILL: the process gets no chance to finish anything. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** SIGSTOP: it stands still, connections and all, until `wake`. */
  sleep(): void {
    this.child.kill('SIGSTOP');
  }

  wake(): void {
    this.child.kill('SIGCONT');
  }

  async stop(): Promise<void> {
    this.child.kill('SIGTERM');
    await this.ended;
  }

  post(path: string, token: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
      body: JSON.stringify(body),
    });
  }
}
