export * from './county-plan.js';
export * from './simulate-county.js';
export * from './truth.js';
