export { MANDATE_MESSAGES } from './mandate.messages.js';
export { mandates } from './mandate.projection.js';
