export { supervisionPolicies } from './supervision-policies.js';
export { type Tables } from './case-timers.js';
export { canaryDecider } from './canary.decider.js';
export { POLICIES } from './supervision.tokens.js';
