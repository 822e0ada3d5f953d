/** The policies over the clock, for the process with the role `clock` to run. */
export const POLICIES = Symbol('Policies');
export const CANARY_RUNNER = Symbol('CanaryRunner');
