export { type MeasuredEffect, type MeasuredWindow } from './improvement.events.js';
export { IMPROVEMENT_MESSAGES } from './improvement.messages.js';
export { type ImprovementDocument, improvements } from './improvement.projection.js';
export { findImprovement } from './improvement.query.js';
export { EffectMeter, type EffectQuestion } from './effect-meter.js';
