export { type Json, type JsonObject } from './tools/json.js';
export {
  type Actor,
  type DomainEvent,
  type EventMetadata,
  type KeyUse,
  type NewEvent,
  type Recorded,
  type StoredEvent,
} from './log/event.js';
export {
  CommandIdReused,
  EventTooLarge,
  InvalidAppend,
  KeyUsedElsewhere,
  LogDamaged,
  OtherLog,
  ReadModelsDamaged,
  RuleViolation,
  StaleRevision,
  StoreBroken,
  type StoreFault,
  StoreFull,
  StoreUnavailable,
  type ViolationKind,
  WrongExpectedRevision,
  impossible,
} from './log/errors.js';
export {
  type AppendResult,
  type EventBatch,
  type EventFilter,
  type EventStore,
  type LogIdentity,
  MAX_EVENT_BYTES,
  type SubscribeOptions,
} from './log/event-store.js';
export {
  type Checkpoint,
  type Document,
  type IndexDefinition,
  InvalidQuery,
  type Inventory,
  type StoredDocument,
  type ModelDefinition,
  type Page,
  type Query,
  type ReadStore,
  type Scalar,
  type Write,
  limitMustBeGood,
} from './reading/read-store.js';
export { type Lease, type LeaseStore } from './reading/lease-store.js';
export { type SlotChange, type SlotStore } from './reading/slot-store.js';
export { LeasedProjector } from './sharing/leased-projector.js';
export { Rehearsal, type RehearsedEvent } from './deciding/rehearsal.js';
export {
  type CommandMeta,
  type Decider,
  type DomainCommand,
  type FACTS,
  type FactsArgument,
  type FactsOf,
  type Informed,
  type Needs,
  type Receipt,
  importedLog,
  isImported,
  decideBy,
  type Decisions,
} from './deciding/decider.js';
export {
  type Additions,
  type Contribution,
  type Model,
  type Projection,
  type ProjectionDefinition,
  type Tally,
  type TallyDocument,
  type TallyLine,
  projection,
} from './reading/projection.js';
export { inPartitions, partitionNames, partitionOf, wholeOf } from './reading/projection-partition.js';
export { PartitionedModel } from './reading/partitioned-model.js';
export { indexedText, isScalar } from './reading/index-order.js';
export { cursorContent, cursorOf, queryFingerprint } from './reading/query-cursor.js';
export { findAsOf, pageAsOf } from './reading/page-as-of.js';
export { eventId, eventIdOf } from './log/event-id.js';
export {
  PERSONAL_FIELDS,
  SENT_FIELDS,
  asSent,
  canonicalJson,
  commandDigest,
  isDigestOf,
} from './deciding/command-digest.js';
export { metaOfPart, systemActor, systemMeta } from './deciding/system-meta.js';
export { UnknownEventVersion, type Upcaster, Upcasters } from './log/upcasters.js';
export { defined } from './tools/defined.js';
export { ascending, by } from './tools/order.js';
export { holdsEveryWord } from './tools/words.js';
export { getOrMake } from './tools/get-or-make.js';
export { groupedBy } from './tools/grouped-by.js';
export { KeyedQueue } from './tools/keyed-queue.js';
export { pause } from './tools/pause.js';
export { retry } from './tools/retry.js';
export { inSpan, traceparentNow, traceWith } from './tools/spans.js';
export { DeciderRunner } from './deciding/decider-runner.js';
export { type DeciderRunnerOptions } from './deciding/runner-options.js';
export { checkpointKey, modelsOf, physicalModel, physicalModels } from './reading/generation.js';
export { tableVersion } from './reading/table-version.js';
export { ProjectionBatch } from './reading/projection-batch.js';
export { type ProjectionFault } from './reading/projection-run.js';
export { PositionWaiters, type Progress, type WaitOptions } from './reading/position-waiters.js';
export { type ProjectionState, type ProjectionStatus } from './reading/projector-status.js';
export { Projector, type ProjectorOptions } from './reading/projector.js';
export { ReadModels } from './reading/read-models.js';
export { allDocuments } from './reading/all-documents.js';
export { chosenPage, keptPage } from './reading/kept-page.js';
export { filteredPage, meets, indexFor, type Conditions } from './reading/filtered-page.js';
export { type DocumentDifference, compareModels } from './upkeep/compare-models.js';
export {
  type Rebuilt,
  type Verification,
  adoptRebuild,
  dropGeneration,
  rebuildProjections,
  verifyProjections,
} from './upkeep/rebuild.js';
export {
  type Acknowledged,
  forgetReadModels,
  mustBeFilledFrom,
  mustBeTheLogOf,
  mustHoldAcknowledged,
} from './reading/log-match.js';
export { dropGenerations, formerGenerations, notYetLive } from './upkeep/former-generations.js';
export { checkAppend } from './log/append-check.js';
export { type DuePage, type DueWork, type Policy, type PolicyStatus } from './policies/policy.js';
export { searchesInTurn } from './policies/searches-in-turn.js';
export { PolicyRunner } from './policies/policy-runner.js';
export { KnownLog } from './log/known-log.js';
export { eventAt } from './log/event-at.js';
export { withAppend } from './log/with-append.js';
export {
  type KeyRecord,
  type PersonalKey,
  type PersonalKeys,
  PersonalKeysDamaged,
  PersonalKeysMissing,
  erased,
  joined,
  newKey,
  usable,
} from './personal/personal-keys.js';
export { PersonalData, type PersonalFields, personalFields } from './personal/personal-data.js';
export { type PersonalText } from './personal/sealed-text.js';
export { refuseUsedKeys, usedKeys } from './deciding/used-keys.js';
export { ID, THING_ID } from './log/patterns.js';
export { deepFreeze } from './tools/deep-freeze.js';
