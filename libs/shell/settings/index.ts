export {
  readEscalation,
  readPermits,
  readRequests,
  readSessions,
  readSignals,
  readStepLimits,
} from './policy-files.js';
