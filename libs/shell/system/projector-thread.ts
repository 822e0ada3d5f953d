import 'reflect-metadata';
import { parentPort, workerData } from 'node:worker_threads';
import { MemoryAfterFilling } from './memory-after-filling.js';
import { type ProjectorThreadData } from './projector-messages.js';
import { keepProjections } from './projector-work.js';

// Runs some of the projections in a thread of its own: see projector-threads.ts.

if (parentPort === null) throw new Error('projector-thread.js is started by projector-threads.js only');
const memory = new MemoryAfterFilling();
await keepProjections(workerData as ProjectorThreadData, parentPort, (status) => memory.note(status));
