export { AgencyModule } from './agency.module.js';
export { MandateGuard } from './mandate.guard.js';
