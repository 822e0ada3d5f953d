export { openEventStoreDb } from './eventstoredb-event-store.js';
