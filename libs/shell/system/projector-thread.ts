import { parentPort, workerData } from 'node:worker_threads';
import { MemoryAfterFilling } from './memory-after-filling.js';
import { foldPast, type PastOrder } from './past/fold-past.js';
import { type ProjectorThreadData } from './projector-messages.js';
import { keepProjections } from './projector-work.js';

// Runs some of the projections in a thread of its own (see projector-threads.ts), or folds the past (see past-reports.ts).

if (parentPort === null) throw new Error('projector-thread.js is started by projector-threads.js only');
const memory = new MemoryAfterFilling();
const order = workerData as ProjectorThreadData | PastOrder;
if ('point' in order) parentPort.postMessage(await foldPast(order));
else await keepProjections(order, parentPort, (status) => memory.note(status));
