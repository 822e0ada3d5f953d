import { codeAnswered, type SignedInRequest } from '#libs/shell/nest';
import { type FastifyInstance } from 'fastify';
import { type Logger } from 'pino';
import { isProbe } from './probes.js';

/**
 * One line for each request that was answered: who, at which route, with what, how long. The route is the pattern: an address
 * has ids and what was searched for. The person is an account's id, which is not a name; see docs/how-to/operate.md.
 */
export function logAccess(fastify: FastifyInstance, log: Logger): void {
  fastify.addHook('onResponse', (request: SignedInRequest, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    const code = codeAnswered(request);
    const line = {
      correlationId: request.id,
      person: request.actor?.person ?? request.reader?.person ?? null,
      method: request.method,
      route,
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime * 10) / 10,
      ...(code === null ? {} : { code }),
    };
    // Probes come every few seconds.
    if (isProbe(route)) log.debug(line, 'request');
    else log.info(line, 'request');
    done();
  });
}
