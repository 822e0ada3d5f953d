export * from './project-files.js';
export * from './demo-accounts.js';
export * from './seed.js';
