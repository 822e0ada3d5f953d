// Loaded into a server before its own code (NODE_OPTIONS=--import): measures how long one turn of its event loop holds the main
// thread. In processor time, so that what else the machine does is not held against the server; it counts the thread's own work
// and its garbage collection. The address in LOOP_PROBE_FILE returns the longest hold since the last request, in milliseconds.
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { isMainThread } from 'node:worker_threads';

const file = process.env.LOOP_PROBE_FILE;
if (isMainThread && file !== undefined) {
  const spent = () => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let longest = 0;
  let before = spent();
  const turn = () => {
    const now = spent();
    longest = Math.max(longest, now - before);
    before = now;
  };
  setInterval(turn, 1).unref();
  const server = createServer((_, response) => {
    turn();
    response.end(String(longest));
    longest = 0;
  });
  server.listen(0, '127.0.0.1', () => writeFileSync(file, `http://127.0.0.1:${server.address().port}`));
  server.unref();
}
