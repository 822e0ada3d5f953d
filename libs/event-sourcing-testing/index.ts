export * from './actors.js';
export * from './recorded.js';
export * from './decider-spec.js';
export * from './golden.js';
export * from './event-store.contract.js';
export * from './read-store.contract.js';
export * from './lease-store.contract.js';
export * from './messages.js';
