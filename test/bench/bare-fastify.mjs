// The yardstick of HTTP: a POST that reads its JSON body, stores nothing and sends the same answer as a command.
import fastify from 'fastify';

const app = fastify();
app.post('/api/v1/applications/:id/steps', (request, reply) => {
  reply.code(202).send({ id: request.params.id, revision: String(request.body.step.length), position: '1' });
});
await app.listen({ host: '127.0.0.1', port: Number(process.env.PORT) });
process.send?.('ready');
