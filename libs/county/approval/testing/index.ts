/** What specs of other areas need to play a case. */
export { applicant, type BareApplicationCommand, commands, head, opening, TERMS, window } from './cases.js';
export * from './timed-acts.js';
