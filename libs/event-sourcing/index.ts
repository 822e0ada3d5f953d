export * from './json.js';
export * from './event.js';
export * from './errors.js';
export * from './event-store.js';
export * from './read-store.js';
export * from './decider.js';
export * from './projection.js';
