export { ReportedCases } from './agenda.source.js';
export { allProjections, allUpcasters } from './all-projections.js';
export { type Config, readConfig } from './config.js';
export { InvalidConfig } from './invalid-config.js';
export { SYSTEM_ROLES } from './variables.js';
export {
  type CheckedEntry,
  EMBEDDED,
  type LogProblem,
  acknowledgedNoteOf,
  checkedLog,
  filesMustBeWhole,
  openEventStore,
  openPersonalKeys,
  openReadStore,
  openStores,
} from './open-stores.js';
export { BLOBS_FOLDER, blobsOf } from './open-blobs.js';
export { BlobSweep } from './blob-sweep.js';
export { type LogContents, contentsOfLog, copyEmbeddedLog, mustHaveRoomFor } from './log-copy.js';
export { failureOf } from './failure.js';
export { lockReadModels } from './one-keeper.js';
export {
  type FromProjectorThread,
  type ProjectorThreadData,
  type ToProjectorThread,
} from './projector-messages.js';
export { keepProjections } from './projector-work.js';
export { foldPast } from './past/fold-past.js';
export { giveMemoryBack } from './memory-after-filling.js';
export { ProjectorThreads, type Thread } from './projector-threads.js';
export { Readiness } from './readiness.js';
export { OpsListener } from './ops-listener.js';
export { AREA_MESSAGES } from './messages.js';
export { readTables } from './tables.js';
export { Policies } from './policies.service.js';
export { type System, openSystem } from './system.js';
export { apiDocument } from './api-document/describe.js';
export { createHttpServer, listen } from './http-server.js';
export { createApplicationContext } from './application-context.js';
