export * from './approval.commands.js';
export * from './approval.events.js';
