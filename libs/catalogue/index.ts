export * from './catalogue.events.js';
