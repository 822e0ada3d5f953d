export { timersUnder } from '../timers.projection.js';
export { TimersPolicy } from '../timers.policy.js';
export { lastCanaryHome } from '../canary.policy.js';
export { SupervisionModule } from './supervision.module.js';
