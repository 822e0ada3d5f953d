export {
  readDocumentNumbers,
  readEscalation,
  readOfficeHours,
  readPermits,
  readRequests,
  readSessions,
  readSignals,
  readStepLimits,
} from './policy-files.js';
export { problemsIn, Whole } from './settings-reader.js';
