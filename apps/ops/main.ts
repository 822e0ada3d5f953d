import 'reflect-metadata';
import { run } from './program.js';

// What commands write, the data and the files that hold parts of them, is for its owner alone.
process.umask(0o077);
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());
/** `export | head`: the reader has enough. No work is cut off by it: commands print when their work is done. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

process.exitCode = await run(process.argv.slice(2), stopping.signal);
