import { createHash, timingSafeEqual } from 'node:crypto';
import { type Authenticator, credentialOf, HttpProblem, showsCredential } from '#libs/shell/nest';
import { type FastifyRequest } from 'fastify';
import { inTime, LATE } from './in-time.js';
import { type OpsListener } from './ops-listener.js';

/** A probe is not kept waiting to find out who asks. */
const ANSWER_MS = 400;

/**
 * Who may see health in detail: every caller at the address of operators, and on the public port a caller with the operators'
 * token or signed in as an administrator.
 */
export class OpsAccess {
  constructor(
    private readonly listener: OpsListener,
    private readonly authenticator: Authenticator,
    /** null: there is no such token. */
    private readonly token: string | null,
  ) {}

  /** @throws HttpProblem 401 without a good token, 403 for a caller who is not an administrator */
  async demand(request: FastifyRequest): Promise<void> {
    if (this.listener.received(request.raw)) return;
    const given = credentialOf(request);
    if (this.token !== null && given.kind === 'token' && same(given.value, this.token)) return;
    const { role } = await this.authenticator.sender(request);
    if (role !== 'admin') throw new HttpProblem(403, 'http.wrong-role', { role, roles: ['admin'] });
  }

  /** The same as a question: a probe that brings no token, or another one, is answered without the details. */
  async allows(request: FastifyRequest): Promise<boolean> {
    if (!this.listener.received(request.raw) && !showsCredential(request)) return false;
    try {
      return (await inTime(this.demand(request), ANSWER_MS)) !== LATE;
    } catch (error) {
      if (error instanceof HttpProblem) return false;
      throw error;
    }
  }
}

/** Takes as long for every token, however much of it is right. */
function same(one: string, other: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}
