export * from './lmdb-event-store.js';
export * from './lmdb-read-store.js';
export * from './running-process.js';
export { type OpenOptions } from './environment.js';
