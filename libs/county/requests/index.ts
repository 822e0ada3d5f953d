export { REQUEST_TERMS, type RequestTerms } from './request-terms.js';
export { REQUEST_MESSAGES } from './request.messages.js';
export { RequestPolicy } from './request.policy.js';
export { requests } from './request.projection.js';
export { REQUEST_RUNNER, type RequestRunner } from './request.tokens.js';
