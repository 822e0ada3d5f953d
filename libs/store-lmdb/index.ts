export * from './lmdb-event-store.js';
export * from './open-read-store.js';
export * from './running-process.js';
export { type OpenOptions } from './environment.js';
export { damageIn } from './environment-use.js';
