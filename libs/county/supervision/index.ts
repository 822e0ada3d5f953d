export { type SupervisionSettings, supervisionSettings } from './supervision-settings.js';
export { type Tables } from './case-timers.js';
export { canaryDecider } from './canary.decider.js';
export { POLICIES } from './supervision.tokens.js';
export { lastCanaryHome } from './canary.policy.js';
export { timers, timersUnder } from './timers.projection.js';
export { boxesOf } from './notices.query.js';
