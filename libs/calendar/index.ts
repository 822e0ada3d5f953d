export * from './time-limit.js';
