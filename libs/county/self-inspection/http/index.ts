export { SelfInspectionModule } from './self-inspection.module.js';
