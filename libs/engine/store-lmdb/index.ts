export * from './lmdb-event-store.js';
export * from './log-check.js';
export { contentsOfLmdbLog, copyLmdbLog, type LogContents } from './log-copy.js';
export * from './open-read-store.js';
export * from './running-process.js';
export * from './data-disk.js';
export { type DiskReserve, LEAST_RESERVE_BYTES } from './disk-space.js';
export { type OpenOptions } from './environment.js';
export { damageIn } from './environment-use.js';
