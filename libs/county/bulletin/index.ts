export * from './bulletin.events.js';
export * from './bulletin.commands.js';
export * from './bulletin.decider.js';
export * from './bulletin.projection.js';
export * from './bulletin.controller.js';
export * from './bulletin.messages.js';
export * from './bulletin.tokens.js';
export * from './bulletin.module.js';
