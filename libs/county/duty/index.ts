export { DUTY_UPCASTERS } from './duty.upcasters.js';
export { DUTY_MESSAGES } from './duty.messages.js';
export { ROSTER_MESSAGES } from './roster.messages.js';
export { rosters } from './roster.projection.js';
