import rateLimit from '@fastify/rate-limit';
import { type Authenticator, credentialOf, refusalOf, retryLater, showsCredential } from '#libs/shell/nest';
import { type FastifyInstance, type FastifyRequest } from 'fastify';
import { type Caller } from './admission.js';
import { isProbe } from './probes.js';

const MINUTE_MS = 60_000;

/** Requests a minute; 0: any number. */
export interface RateConfig {
  /** Of one person. */
  readonly commands: number;
  readonly reads: number;
  /** Of one person: reports and the audit trail, each of which reads much. */
  readonly exports: number;
  /** Of one address, by callers that are not signed in. */
  readonly unknown: number;
}

type Kind = keyof RateConfig;

/** Answers a request above its rate with 429. Counted by person, not by address: an office shares one address. */
export async function limitRates(
  fastify: FastifyInstance,
  most: RateConfig,
  authenticator: () => Authenticator,
): Promise<void> {
  const kinds = (['commands', 'reads', 'exports', 'unknown'] as const).filter((kind) => most[kind] > 0);
  if (kinds.length === 0) return;
  const persons = new WeakMap<FastifyRequest, string>();
  const keyGenerator = (request: FastifyRequest) => persons.get(request) ?? request.ip;
  await fastify.register(rateLimit, { global: false });
  const limits = new Map(
    kinds.map((kind) => [
      kind,
      // Counts 5,000 keys at a time; who was not seen for longest is forgotten first.
      fastify.createRateLimit({ max: most[kind], timeWindow: MINUTE_MS, keyGenerator }),
    ]),
  );
  fastify.addHook('onRequest', async (request) => {
    if (isProbe(request.routeOptions.url)) return;
    const person = await personOf(request, authenticator());
    if (person !== null) persons.set(request, person);
    const kind = person === null ? 'unknown' : kindOf(request);
    const count = await limits.get(kind)?.(request);
    if (count === undefined || count.isAllowed || !count.isExceeded) return;
    const seconds = Math.max(1, count.ttlInSeconds);
    throw retryLater(429, 'http.too-many-requests', seconds, { limit: count.max, seconds });
  });
}

/** Null for a caller who is not signed in, and while that cannot be checked: the guards then find the reason and refuse with it. */
async function personOf(request: FastifyRequest, authenticator: Authenticator): Promise<string | null> {
  if (!showsCredential(request)) return null;
  try {
    return (await authenticator.sender(request)).person;
  } catch (error) {
    if (refusalOf(error) !== null) return null;
    throw error;
  }
}

/** The person of a token or session that was seen before, else the address. */
export function callerOf(request: FastifyRequest, authenticator: Authenticator): Caller {
  const stranger = { name: request.ip, isPerson: false };
  if (!showsCredential(request)) return stranger;
  try {
    const person = authenticator.lastShownBy(credentialOf(request));
    return person === null ? stranger : { name: person, isPerson: true };
  } catch (error) {
    if (refusalOf(error) !== null) return stranger;
    throw error;
  }
}

function kindOf({ method, routeOptions }: FastifyRequest): Kind {
  if (method !== 'GET' && method !== 'HEAD') return 'commands';
  return /^\/api\/v1\/(?:reports|audit)(?:\/|$)|\/export$/.test(routeOptions.url ?? '') ? 'exports' : 'reads';
}
