import { retryLater } from '#libs/shell/nest';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { isProbe } from './probes.js';

const RETRY_SECONDS = 1;
/** So many are let in all the same while the others wait: they find out when it goes faster. */
const TRIALS = 8;

export interface AdmissionLimits {
  /** Requests that are worked on at a time; 0: any number. */
  readonly most: number;
  /** How long a request may have to wait for its turn; 0: as long as it takes. */
  readonly longestMs: number;
}

/**
 * Lets only so many requests be worked on at a time, and hardly any while those that were let in take too long. Everything runs on
 * one thread: without a bound, each of many would wait for all the others, and so would the question whether the process
 * lives. Who is not let in is told at once when to come back. Probes pass always.
 */
export class Admission {
  /** Those inside with the instant at which they came in, the first first. */
  private readonly inside = new Map<FastifyRequest, number>();
  /** When a request was last answered in time. */
  private lastInTime = -Infinity;

  constructor(
    private readonly limits: AdmissionLimits,
    private readonly now: () => number = () => performance.now(),
  ) {}

  guard(fastify: FastifyInstance): void {
    if (this.limits.most === 0 && this.limits.longestMs === 0) return;
    // Before the body is read, so that nobody sends it for nothing.
    fastify.addHook('onRequest', (request, _reply, done) => {
      done(this.isFor(request) ? undefined : overloaded());
    });
    // A body that is still on its way takes no place: its sender may be slow.
    fastify.addHook('preValidation', (request, _reply, done) => {
      if (isProbe(request.routeOptions.url)) return done();
      if (!this.isFor(request)) return done(overloaded());
      this.inside.set(request, this.now());
      done();
    });
    // Sent or not: a caller who has gone leaves the work that was begun for him.
    fastify.addHook('onSend', (request, _reply, payload, done) => {
      const since = this.inside.get(request);
      if (this.inside.delete(request) && since !== undefined) this.answered(since);
      done(null, payload);
    });
  }

  private answered(since: number): void {
    const now = this.now();
    if (now - since <= this.limits.longestMs) this.lastInTime = now;
  }

  private isFor({ routeOptions }: FastifyRequest): boolean {
    if (isProbe(routeOptions.url)) return true;
    const { most } = this.limits;
    return (most === 0 || this.inside.size < most) && !this.isTooSlow();
  }

  /**
   * One that takes long may be waiting for something of its own. Where for so long none at all was answered in time, they wait for each
   * other, for the disk or for an engine, and whoever came now would do so too.
   */
  private isTooSlow(): boolean {
    const { longestMs } = this.limits;
    if (longestMs === 0) return false;
    const before = this.now() - longestMs;
    const [first] = this.inside.values();
    if (first === undefined || first >= before || this.lastInTime >= before) return false;
    let lately = 0;
    for (const since of this.inside.values()) if (since >= before) lately += 1;
    return lately >= TRIALS;
  }
}

function overloaded(): Error {
  return retryLater(503, 'http.overloaded', RETRY_SECONDS);
}
