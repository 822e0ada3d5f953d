import { retryLater } from '#libs/shell/nest';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { takesFiles } from '#libs/shell/uploads';
import { isProbe } from './probes.js';

const RETRY_SECONDS = 1;
/** A caller's clock and ours need not tick alike. */
const RETRY_MS = RETRY_SECONDS * 1_000 - 100;
/** How many are admitted even while the others are refused: they show when the server is fast again. */
const TRIALS = 8;
/** A caller has at most this many times the places that are free. */
const SHARE = 2;
/** The part of the places that is for those who were not refused a moment ago. */
const FOR_THE_PATIENT = 0.25;
/** Persons whose last refusal is remembered. */
const REMEMBERED = 5_000;

export interface AdmissionLimits {
  /** Requests that are worked on at a time; 0: any number. */
  readonly max: number;
  /** How long a request may have to wait for its turn; 0: as long as it takes. */
  readonly longestMs: number;
}

/** Who sends a request, as far as that is known without asking anybody. */
export interface Caller {
  /** Of a person, or the address that many may share. */
  readonly name: string;
  readonly isPerson: boolean;
}

interface Inside {
  readonly caller: string;
  readonly since: number;
}

/**
 * Bounds how many requests are worked on at a time, and admits hardly any while the admitted ones take too long. Everything
 * runs on one thread: without a bound, each of many would wait for all the others, and so would the liveness probe. A refused
 * request gets a time to retry at once. Probes are always admitted.
 *
 * Callers share the places. One who has many gets another only while as many are free as would leave some to the next, and a
 * person who was refused and comes back before the time does not get any of the last.
 */
export class Admission {
  /** Those inside, the first first. */
  private readonly inside = new Map<FastifyRequest, Inside>();
  /** When a request was last answered in time. */
  private lastInTime = -Infinity;
  /** When a person was last refused. */
  private readonly refused = new LRUCache<string, number>({ max: REMEMBERED });

  constructor(
    private readonly limits: AdmissionLimits,
    private readonly callerOf: (request: FastifyRequest) => Caller,
    private readonly now: () => number = () => performance.now(),
  ) {}

  guard(fastify: FastifyInstance): void {
    if (this.limits.max === 0 && this.limits.longestMs === 0) return;
    // Before the body is read, so that no caller sends it in vain.
    fastify.addHook('onRequest', (request, _reply, done) => {
      done(this.isFor(request, this.callerOf(request)) ? undefined : overloaded());
    });
    // A body that is still on its way takes no place: its sender may be slow.
    fastify.addHook('preValidation', (request, _reply, done) => {
      // A file comes in while its handler runs, which has places of its own (`UploadPlaces`).
      if (isProbe(request.routeOptions.url) || takesFiles(request)) return done();
      const caller = this.callerOf(request);
      if (!this.isFor(request, caller)) return done(overloaded());
      this.inside.set(request, { caller: caller.name, since: this.now() });
      done();
    });
    // Sent or not: a caller who has gone leaves the work that was begun for him.
    fastify.addHook('onSend', (request, _reply, payload, done) => {
      const entry = this.inside.get(request);
      if (this.inside.delete(request) && entry !== undefined) this.answered(entry.since);
      done(null, payload);
    });
  }

  private answered(since: number): void {
    const now = this.now();
    if (now - since <= this.limits.longestMs) this.lastInTime = now;
  }

  private isFor({ routeOptions }: FastifyRequest, caller: Caller): boolean {
    if (isProbe(routeOptions.url)) return true;
    const now = this.now();
    const { max: most } = this.limits;
    const isTaken = most > 0 && !this.isPlaceFor(caller, this.inside.values(), this.inside.size, most, now);
    if (!isTaken && !this.isTooSlowFor(caller, now)) return true;
    // Behind one address one may come back too early while another waits; their requests are counted (`rate-limits.ts`).
    if (caller.isPerson) this.refused.set(caller.name, now);
    return false;
  }

  private isPlaceFor(
    { name }: Caller,
    taken: Iterable<Inside>,
    count: number,
    places: number,
    now: number,
  ): boolean {
    const free = places - count;
    if (free <= 0) return false;
    let own = 0;
    for (const each of taken) if (each.caller === name) own += 1;
    if (own >= SHARE * free) return false;
    const isPatient = now - (this.refused.get(name) ?? -Infinity) >= RETRY_MS;
    return isPatient || free > FOR_THE_PATIENT * places;
  }

  /**
   * A single slow request may be waiting for something of its own. When no request at all was answered in time for this long,
   * they wait for each other, for the disk or for an engine, and so would all but a few new ones.
   */
  private isTooSlowFor(caller: Caller, now: number): boolean {
    const { longestMs } = this.limits;
    if (longestMs === 0) return false;
    const before = now - longestMs;
    const [first] = this.inside.values();
    if (first === undefined || first.since >= before || this.lastInTime >= before) return false;
    const lately = [...this.inside.values()].filter(({ since }) => since >= before);
    return !this.isPlaceFor(caller, lately, lately.length, TRIALS, now);
  }
}

function overloaded(): Error {
  return retryLater(503, 'http.overloaded', RETRY_SECONDS);
}
