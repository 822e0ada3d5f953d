export { CampaignOfficeGuard } from './office.guard.js';
export { CampaignModule } from './campaign.module.js';
