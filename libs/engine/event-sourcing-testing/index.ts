export {
  actor,
  applicant,
  head,
  leader,
  reviewer,
  supervisor,
  waterClerk,
  waterHead,
  waterReviewer,
  windowClerk,
} from './actors.js';
export { TEST_WAIT_MS, until } from './patience.js';
export {
  type BareCommand,
  type CommandWithFacts,
  type FactNames,
  asRecorded,
  factsAside,
  factsOf,
  recorded,
  recordedStream,
  testMeta,
  withMeta,
} from './recorded.js';
export { deciderSpec, foldEvents, playCommands } from './decider-spec.js';
export { declaredEvents, readGolden, replayGolden } from './golden.js';
export { eventStoreContract } from './event-store.contract.js';
export { type EventStoreHarness, all, event } from './event-store.harness.js';
export { refusal } from './refusal.js';
export { readStoreContract } from './read-store.contract.js';
export { readStoreFindContract } from './read-store-find.contract.js';
export { leaseStoreContract } from './lease-store.contract.js';
export { personalKeysContract } from './personal-keys.contract.js';
export { slotStoreContract } from './slot-store.contract.js';
export { expectMessages } from './messages.js';
export { sameAsRebuilt } from './verification.js';
