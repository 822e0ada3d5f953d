/** What specs of other areas need to play a case. */
export { applicant, head, window } from './cases.js';
export * from './timed-acts.js';
