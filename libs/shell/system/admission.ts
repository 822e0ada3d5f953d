import { retryLater } from '#libs/shell/nest';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { isProbe } from './probes.js';

const RETRY_SECONDS = 1;

/**
 * Lets only so many requests be worked on at a time. Everything runs on one thread: without a bound, each of many would wait
 * for all the others, and so would the question whether the process lives. Who is not let in is told at once when to
 * come back. Probes pass always.
 */
export class Admission {
  private readonly admitted = new WeakSet<FastifyRequest>();
  private inside = 0;

  constructor(
    /** 0: no bound. */
    private readonly most: number,
  ) {}

  /** Requests that are being worked on. */
  get inFlight(): number {
    return this.inside;
  }

  guard(fastify: FastifyInstance): void {
    if (this.most === 0) return;
    // Before the body is read, so that nobody sends it for nothing.
    fastify.addHook('onRequest', (request, _reply, done) => {
      done(this.isFull(request) ? overloaded() : undefined);
    });
    // A body that is still on its way takes no place: its sender may be slow.
    fastify.addHook('preValidation', (request, _reply, done) => {
      if (isProbe(request.routeOptions.url)) return done();
      if (this.isFull(request)) return done(overloaded());
      this.admitted.add(request);
      this.inside += 1;
      done();
    });
    // Sent or not: a caller who has gone leaves the work that was begun for him.
    fastify.addHook('onSend', (request, _reply, payload, done) => {
      if (this.admitted.delete(request)) this.inside -= 1;
      done(null, payload);
    });
  }

  private isFull(request: FastifyRequest): boolean {
    return this.inside >= this.most && !isProbe(request.routeOptions.url);
  }
}

function overloaded(): Error {
  return retryLater(503, 'http.overloaded', RETRY_SECONDS);
}
