export * from './self-inspection.commands.js';
export * from './self-inspection.decider.js';
export * from './self-inspection.events.js';
export * from './self-inspection.messages.js';
export * from './self-inspection.module.js';
export * from './self-inspection.projection.js';
export * from './self-inspection.tokens.js';
