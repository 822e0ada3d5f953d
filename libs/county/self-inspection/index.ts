export { FIGURES, type Figure } from './self-inspection.events.js';
export { SELF_INSPECTION_MESSAGES } from './self-inspection.messages.js';
export { type SelfInspectionDocument, selfInspections } from './self-inspection.projection.js';
