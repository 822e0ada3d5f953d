// How long one body holds a server, and whether others are answered in the meantime.
import { existsSync, readFileSync } from 'node:fs';

/** A server in a process of its own, started with `probeVariables`. */
export interface Held {
  readonly url: string;
  /** Where `loop-probe.mjs` wrote its address. */
  readonly probeFile: string;
  /** Bearer token of another person, who reads in the meantime. */
  readonly reader: string;
}

export interface Hold {
  /** The longest turn of the server's event loop while the body came in, in milliseconds of processor time. */
  readonly ms: number;
  /** Of the body, of liveness, and of the other person's read. */
  readonly statuses: readonly [body: number, live: number, read: number];
}

/** Sends one body with this token, and asks for liveness and another person's page in the meantime. */
export async function holdOf(server: Held, path: string, body: string, token: string): Promise<Hold> {
  await longestTurn(server);
  const { url } = server;
  const get = (address: string) =>
    statusOf(url + address, { headers: { authorization: `Bearer ${server.reader}` } });
  const statuses = await Promise.all([
    statusOf(`${url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    }),
    get('/health/live'),
    get('/api/v1/me'),
  ]);
  return { ms: await longestTurn(server), statuses };
}

async function statusOf(url: string, request: RequestInit): Promise<number> {
  const response = await fetch(url, request);
  await response.arrayBuffer();
  return response.status;
}

/** Since it was asked last. */
async function longestTurn({ probeFile }: Held): Promise<number> {
  if (!existsSync(probeFile)) throw new Error(`no probe has written ${probeFile}`);
  return Number(await (await fetch(readFileSync(probeFile, 'utf8'))).text());
}

/** Variables of the process that is to be measured. */
export const probeVariables = (probeFile: string): Record<string, string> => ({
  LOOP_PROBE_FILE: probeFile,
  NODE_OPTIONS: `--import ${new URL('loop-probe.mjs', import.meta.url).href}`,
});
