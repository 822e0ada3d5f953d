export { applicant, commands, head, opening, TERMS, window } from './cases.js';

export { type BareApplicationCommand, informed } from './bare.js';
export { acts, playedUnder } from './timed-acts.js';
