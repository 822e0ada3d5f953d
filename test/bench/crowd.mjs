import { setTimeout as delay } from 'node:timers/promises';
import autocannon from 'autocannon';
import { commandRequests } from './http.mjs';
import { quantile } from './statistics.mjs';

const CONNECTIONS = 500;
/** Pause between two questions whether the process lives. */
const ASK_MS = 20;

/**
 * Milliseconds: the 99th percentile of what is let in of a crowd that does not go away when it is refused, and the longest that the
 * question whether the process lives has waited meanwhile.
 */
export async function crowd(server, duration) {
  const taken = [];
  let refused = 0;
  let connection = 0;
  const run = autocannon({
    url: server.url,
    connections: CONNECTIONS,
    duration,
    setupClient: (client) => client.setRequests(commandRequests(server, connection++, CONNECTIONS)),
  });
  run.on('response', (_client, status, _bytes, milliseconds) => {
    if (status < 300) taken.push(milliseconds);
    else if (status === 503) refused += 1;
    else throw new Error(`an answer of ${status}`);
  });
  let isOver = false;
  const done = run.then((result) => {
    isOver = true;
    return result;
  });
  let worst = 0;
  while (!isOver) {
    const start = performance.now();
    const { status } = await fetch(`${server.url}/health/live`);
    if (status !== 200) throw new Error(`liveness answered ${status}`);
    worst = Math.max(worst, performance.now() - start);
    await delay(ASK_MS);
  }
  const { errors } = await done;
  if (errors > 0 || taken.length === 0) throw new Error(`${errors} errors, ${taken.length} let in`);
  return {
    p99: quantile(taken, 0.99),
    liveness: worst,
    taken: taken.length / duration,
    refused: refused / duration,
  };
}
