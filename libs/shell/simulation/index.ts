export { FIRST_DAY, KEY_PROJECTS } from './county-plan.js';
export { playDemoCounty } from './demo-county.js';
export { type SimulationReport, simulateCounty } from './simulate-county.js';
export { type StalledTruth } from './truth.js';
