export {
  readEscalation,
  readOfficeHours,
  readPermits,
  readRequests,
  readSessions,
  readSignals,
  readStepLimits,
} from './policy-files.js';
