// The tests' EventStoreDB in a process of its own, so that its work is not counted as a client's.
import { EventStoreDbServer } from '../../dist/test/engines/eventstoredb-server.js';

const server = await EventStoreDbServer.start();
process.send?.(server.url);
process.once('disconnect', () => process.exit());
