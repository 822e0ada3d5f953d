import { errors, jwtVerify, SignJWT } from 'jose';
import { unauthenticated } from '#libs/shell/nest';
import { type KnownAccount } from './account.state.js';

const ISSUER = 'zhitong';

export interface IssuedToken {
  readonly token: string;
  /** ISO instant. */
  readonly expiresAt: string;
}

/** What a token says, once its signature was found good. */
export interface VerifiedToken {
  readonly account: string;
  /** See AccountState; null for a token of another issuer, which knows no generations. */
  readonly generation: number | null;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Given for a password that an administrator set: good for changing it and for nothing else. */
  readonly mustChangePassword?: true;
}

/** The claim of a token that is good for changing the password only. */
const MUST_CHANGE = 'pwd';

/** Signs and checks local bearer tokens: JWT (RFC 7519), HS256. A token names the account and nothing it may do. */
export class LocalTokens {
  constructor(
    private readonly secret: Uint8Array,
    private readonly lifetimeSeconds: number,
  ) {}

  async issue(
    account: KnownAccount,
    nowMs: number,
    { mustChangePassword = false }: { readonly mustChangePassword?: boolean } = {},
  ): Promise<IssuedToken> {
    const issuedAt = Math.floor(nowMs / 1000);
    const expiresAt = issuedAt + this.lifetimeSeconds;
    const token = await new SignJWT({
      gen: account.generation,
      ...(mustChangePassword && { [MUST_CHANGE]: 'change' }),
    })
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .setSubject(account.account)
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(this.secret);
    return { token, expiresAt: new Date(expiresAt * 1000).toISOString() };
  }

  /** @throws HttpProblem 401 */
  async verify(token: string, nowMs: number): Promise<VerifiedToken> {
    try {
      const { payload } = await jwtVerify(token, this.secret, {
        algorithms: ['HS256'],
        issuer: ISSUER,
        audience: ISSUER,
        currentDate: new Date(nowMs),
        requiredClaims: ['sub', 'exp', 'gen'],
      });
      if (
        typeof payload.sub !== 'string' ||
        typeof payload.exp !== 'number' ||
        typeof payload['gen'] !== 'number'
      ) {
        throw unauthenticated();
      }
      return {
        account: payload.sub,
        generation: payload['gen'],
        expiresAt: payload.exp * 1000,
        ...(payload[MUST_CHANGE] === 'change' && { mustChangePassword: true as const }),
      };
    } catch (error) {
      throw refused(error);
    }
  }
}

/** What was wrong with a token is of no use to who sent it, but for its age. */
export function refused(error: unknown): unknown {
  if (error instanceof errors.JWTExpired) return unauthenticated('http.token-expired');
  return error instanceof errors.JOSEError ? unauthenticated() : error;
}
