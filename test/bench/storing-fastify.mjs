// The yardstick of HTTP with one thing more: each POST stores an event of a command's size, durably, before it is answered.
// What that takes no command can be without.
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';

const NOTE = 'y'.repeat(700);
const store = await openLmdbEventStore(process.env.DATA_DIR);

const app = fastify();
app.post('/api/v1/applications/:id/steps', async (request, reply) => {
  const id = randomUUID();
  const data = { step: request.body.step, note: NOTE };
  const metadata = { commandId: id, recordedAt: new Date().toISOString() };
  const event = { id, type: 'StepRecorded', version: 1, data, metadata };
  const { revision, position } = await store.append(`step-${id}`, null, [event]);
  reply.code(202);
  return { id: request.params.id, revision: String(revision), position: String(position) };
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.send?.('ready');
