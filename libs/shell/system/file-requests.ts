import multipart from '@fastify/multipart';
import { HttpProblem } from '#libs/shell/nest';
import { takesFiles } from '#libs/shell/uploads';
import { type FastifyInstance, type FastifyRequest } from 'fastify';

/** How often requests that take too long to arrive are looked for. */
const LOOK_EVERY_MS = 500;

/**
 * Lets files in at the routes that take them, and nowhere else. They have more time to arrive than all other requests: Node knows one
 * limit for all, so that of the others is looked after here.
 */
export async function takeFiles(fastify: FastifyInstance, othersMs: number): Promise<void> {
  await fastify.register(multipart, { throwFileSizeLimit: true });
  const arriving = new Map<FastifyRequest, number>();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { headers } = request;
    const isFile = takesFiles(request);
    if (!isFile && headers['content-type']?.trim().toLowerCase().startsWith('multipart/') === true) {
      done(new HttpProblem(415, 'http.unsupported-media-type'));
      return;
    }
    const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
    if (!isFile && hasBody) arriving.set(request, performance.now());
    done();
  });
  const timer = setInterval(() => {
    const late = performance.now() - othersMs;
    for (const [request, since] of arriving) {
      const { raw } = request;
      if (raw.complete || raw.destroyed) arriving.delete(request);
      else if (since < late) {
        arriving.delete(request);
        refuseSlow(fastify, request);
      }
    }
  }, LOOK_EVERY_MS).unref();
  fastify.addHook('onClose', (_instance, done) => {
    clearInterval(timer);
    done();
  });
}

/** As Node itself does with a request that is over its limit. */
function refuseSlow(fastify: FastifyInstance, { raw }: FastifyRequest): void {
  const error = Object.assign(new Error('request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  if (!fastify.server.emit('clientError', error, raw.socket)) raw.socket.destroy(error);
}
