import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A server that speaks MongoDB's protocol, for the length of a test file. */
export interface MongoServer {
  readonly url: string;
  /** Ends the process and removes what it kept; does nothing to a server given by MONGODB_URL. */
  stop(): Promise<void>;
}

/** Where `.ci/ferretdb.sh` puts what it builds. */
const built = join(process.env.ENGINES_DIR ?? join(homedir(), '.cache', 'zhitong-engines'), 'ferretdb');

/** The FerretDB program: FERRETDB_BIN, what `.ci/ferretdb.sh` built, or one on the PATH; null when there is none. */
export function ferretDbProgram(): string | null {
  const onPath = (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'ferretdb'));
  const candidates = [process.env.FERRETDB_BIN, built, ...onPath];
  return (
    candidates.find((path): path is string => path !== undefined && path !== '' && existsSync(path)) ?? null
  );
}

/** A port that is free at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

async function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const answer = (open: boolean) => {
      socket.destroy();
      resolve(open);
    };
    socket.once('connect', () => answer(true)).once('error', () => answer(false));
  });
}

async function ended(process: ChildProcess): Promise<void> {
  if (process.exitCode !== null || process.signalCode !== null) return;
  await new Promise((resolve) => process.once('exit', resolve));
}

/** Starts FerretDB over SQLite in a temporary folder, on a free port (or the one given, to come back after a stop). */
export async function startFerretDb(
  program: string,
  at?: { folder: string; port: number },
): Promise<MongoServer> {
  const folder = at?.folder ?? mkdtempSync(join(tmpdir(), 'ferretdb-'));
  const port = at?.port ?? (await freePort());
  const child = spawn(
    program,
    [
      '--handler=sqlite',
      `--sqlite-url=file:${folder}/`,
      `--listen-addr=127.0.0.1:${port}`,
      '--debug-addr=-',
      '--telemetry=disable',
      `--state-dir=${folder}`,
      '--log-level=error',
    ],
    { stdio: 'ignore', env: { ...process.env, DO_NOT_TRACK: '1' } },
  );
  while (!(await accepts(port))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}`);
    await sleep(20);
  }
  return {
    url: `mongodb://127.0.0.1:${port}`,
    async stop() {
      child.kill('SIGKILL');
      await ended(child);
      if (!at) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The server of this run: MONGODB_URL's, else a FerretDB of its own, else null. */
export async function mongoServer(): Promise<MongoServer | null> {
  const url = process.env.MONGODB_URL;
  if (url !== undefined && url !== '') return { url, stop: () => Promise.resolve() };
  const program = ferretDbProgram();
  return program === null ? null : startFerretDb(program);
}
