export * from './unique-values.events.js';
export * from './unique-values.decider.js';
export * from './unique-values.js';
