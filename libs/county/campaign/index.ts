export { pledges } from './pledge.projection.js';
export { plans } from './plan.projection.js';
export { CAMPAIGN_MESSAGES } from './campaign.messages.js';
