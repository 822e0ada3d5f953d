import { EventEmitter } from 'node:events';
import {
  type FromProjectorThread,
  keepProjections,
  type ProjectorThreadData,
  type Thread,
  type ToProjectorThread,
} from '#libs/shell/system';

/**
 * Folds in this thread what the product folds in threads of their own, where a test is not about threads: starting one
 * loads the whole program once more.
 */
export function threadHere(data: ProjectorThreadData): Thread {
  const inside = new EventEmitter();
  const outside = new EventEmitter();
  const later = (to: EventEmitter, event: string, value: unknown) =>
    setImmediate(() => to.emit(event, value));
  keepProjections(data, {
    postMessage: (message: FromProjectorThread) => later(outside, 'message', message),
    on: (event, hear: (message: ToProjectorThread) => void) => inside.on(event, hear),
    close: () => later(outside, 'exit', 0),
  }).catch((error: unknown) => {
    later(outside, 'error', error);
    later(outside, 'exit', 1);
  });
  return Object.assign(outside, {
    postMessage: (message: ToProjectorThread) => void later(inside, 'message', message),
  });
}
