export { Counters } from './counters.js';
