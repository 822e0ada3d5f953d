import { performance } from 'node:perf_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { commandRequests } from './http.mjs';
import { quantile } from './statistics.mjs';

const CONNECTIONS = 500;
/** Pause between two questions whether the process lives. */
const ASK_MS = 20;

/**
 * Milliseconds: the 99th percentile of admitted requests of a crowd that retries when the server says, and the longest wait of
 * the liveness probe in the meantime; with them the requests admitted and refused per second.
 */
export async function crowd(server, seconds) {
  const end = performance.now() + seconds * 1000;
  const taken = [];
  let refused = 0;
  /** One connection: a command after the other, and a pause where it was refused. */
  const caller = async (_, connection) => {
    const requests = commandRequests(server, connection, CONNECTIONS);
    for (let next = 0; performance.now() < end; next += 1) {
      const { path, ...request } = requests[next % requests.length];
      const start = performance.now();
      const answer = await fetch(server.url + path, request);
      await answer.arrayBuffer();
      if (answer.status === 503) {
        refused += 1;
        await delay(Number(answer.headers.get('retry-after')) * 1000);
      } else if (answer.ok) taken.push(performance.now() - start);
      else throw new Error(`${path}: ${answer.status}`);
    }
  };
  let liveness = 0;
  const observer = async () => {
    while (performance.now() < end) {
      const start = performance.now();
      const { status } = await fetch(`${server.url}/health/live`);
      if (status !== 200) throw new Error(`liveness answered ${status}`);
      liveness = Math.max(liveness, performance.now() - start);
      await delay(ASK_MS);
    }
  };
  await Promise.all([observer(), ...Array.from({ length: CONNECTIONS }, caller)]);
  return {
    'p99 ms': quantile(taken, 0.99),
    'liveness ms': liveness,
    'let in a second': taken.length / seconds,
    'refused a second': refused / seconds,
  };
}
