export { type EventStoreOptions, openLmdbEventStore } from './lmdb-event-store.js';
export { type CheckedEntry, type LogProblem, checkLmdbLog } from './log-check.js';
export { type LogContents, contentsOfLmdbLog, copyLmdbLog } from './log-copy.js';
export { forgetAcknowledged, lastAcknowledged } from './log-end-note.js';
export { openLmdbReadStore } from './open-read-store.js';
export { type RunningProcess, isRunning, thisProcess } from './running-process.js';
export { DataDisk, type DiskState } from './data-disk.js';
export { type DiskReserve, LEAST_RESERVE_BYTES } from './disk-space.js';
export { damageIn } from './environment-use.js';
