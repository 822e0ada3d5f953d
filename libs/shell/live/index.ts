export { LIVE_MESSAGES } from './live.messages.js';
export { LiveModule, STREAM_LIMITS } from './live.module.js';
export { LiveStreams, type StreamLimits } from './live-streams.js';
export { ShownEvents } from './live-feed.js';
