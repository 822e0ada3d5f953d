export * from './project.events.js';
export * from './project.commands.js';
export * from './project.messages.js';
export * from './open-applications.js';
export * from './project.decider.js';
export * from './project.tokens.js';
export * from './register-project.handler.js';
export * from './project.module.js';
