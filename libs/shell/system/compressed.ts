import fastifyCompress from '@fastify/compress';
import { type FastifyInstance } from 'fastify';

/** A shorter body gains nothing by it. */
const SHORTEST_BYTES = 1_024;
/** What shrinks: JSON, tables, pages and XML; not streams of events, nor files that are compressed already. */
const SHRINKS = /^text\/(?!event-stream)|[+/](?:json|xml|x-ndjson)(?:;|$)/;
/** Answers that hold a secret are sent as they are: the length of what is compressed tells of its content (BREACH). */
const SECRET = /^\/api\/v1\/(?:tokens|session)(?:\/|$)/;

/** Compresses answers for callers that take it. Bodies of requests must not be compressed, see `faultOfForm`. */
export async function compress(fastify: FastifyInstance): Promise<void> {
  await fastify.register(fastifyCompress, {
    encodings: ['br', 'gzip'],
    threshold: SHORTEST_BYTES,
    customTypes: SHRINKS,
    globalDecompression: false,
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isSecret = SECRET.test(request.routeOptions.url ?? '');
    // A part of a file is counted in bytes of the file.
    if (isSecret || reply.hasHeader('accept-ranges')) request.headers['x-no-compression'] = 'true';
    done(null, payload);
  });
}
