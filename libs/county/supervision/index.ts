export { type SupervisionSettings, supervisionSettings } from './supervision-settings.js';
export { type Tables } from './case-timers.js';
export { canaryDecider } from './canary.decider.js';
export { POLICIES } from './supervision.tokens.js';
export { lastCanaryHome } from './canary.policy.js';
export { timersUnder } from './timers.projection.js';
