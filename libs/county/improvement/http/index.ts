export { IMPROVERS } from './improvement.controller.js';
export { ImprovementModule } from './improvement.module.js';
