// The tests' EventStoreDB in a process of its own, so that its work is not counted as a client's. engines.mjs compiles it
// just before, so its path is not in the sources.
const compiled = new URL('../../dist/test/engines/eventstoredb-server.js', import.meta.url);
const { EventStoreDbServer } = await import(compiled.href);

const server = await EventStoreDbServer.start();
process.send?.(server.url);
process.once('disconnect', () => process.exit());
