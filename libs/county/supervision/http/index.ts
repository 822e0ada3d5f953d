export { TimersPolicy } from '../timers.policy.js';
export { SupervisionModule } from './supervision.module.js';
