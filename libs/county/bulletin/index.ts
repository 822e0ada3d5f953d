export {
  type FigureSource,
  type Complexity,
  type Diagnostics,
  type Efficiency,
  type Responsibility,
} from './bulletin.events.js';
export { hashOf } from './bulletin.decider.js';
export { bulletins } from './bulletin.projection.js';
export { BULLETIN_MESSAGES } from './bulletin.messages.js';
export { DIAGNOSTICS_SOURCE, type DiagnosticsSource } from './bulletin.tokens.js';
