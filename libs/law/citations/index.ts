export * from './law-catalogue.js';
export * from './law-reference.js';
export * from './citations-in-text.js';
export * from './printed-reference.js';
export * from './remedies.js';
export * from './law.messages.js';
export * from './statutes.js';
