import { errors, type JWTPayload, jwtVerify, SignJWT } from 'jose';
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
  /** When the password was given for which it was issued. Milliseconds since the epoch; null for a token of another issuer. */
  readonly signedInAt: number | null;
  /** Given for a password that an administrator set: good for changing it and for nothing else. */
  readonly mustChangePassword?: true;
}

/** The claim of a token that is good for changing the password only. */
const MUST_CHANGE = 'pwd';
/** When the person signed in (OpenID Connect Core 2): of a token that was issued for another, earlier than `iat`. */
const SIGNED_IN = 'auth_time';
/** After this long a person gives the password again, however often the token was refreshed. */
const REFRESHED_MS = 7 * 24 * 60 * 60 * 1000;

/** Signs and checks local bearer tokens: JWT (RFC 7519), HS256. A token names the account and nothing it may do. */
export class LocalTokens {
  constructor(
    private readonly secret: Uint8Array,
    private readonly lifetimeSeconds: number,
  ) {}

  async issue(
    account: KnownAccount,
    nowMs: number,
    {
      mustChangePassword = false,
      signedInAt = nowMs,
    }: { readonly mustChangePassword?: boolean; readonly signedInAt?: number } = {},
  ): Promise<IssuedToken> {
    const issuedAt = Math.floor(nowMs / 1000);
    const expiresAt = issuedAt + this.lifetimeSeconds;
    const token = await new SignJWT({
      gen: account.generation,
      [SIGNED_IN]: Math.floor(signedInAt / 1000),
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

  /**
   * A token for one that was found good, for as long as the account and its password are the same and the person has signed in
   * not too long ago.
   * @throws HttpProblem 401
   */
  async refreshed(
    { generation, signedInAt }: VerifiedToken,
    account: KnownAccount | null,
    nowMs: number,
  ): Promise<IssuedToken> {
    if (account?.at !== 'open' || generation !== account.generation || signedInAt === null) {
      throw unauthenticated();
    }
    if (nowMs - signedInAt >= REFRESHED_MS) throw unauthenticated('http.token-expired');
    return this.issue(account, nowMs, { signedInAt });
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
        signedInAt: 1000 * signedInAt(payload),
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

/** Tokens of former releases say when they were issued. */
function signedInAt({ [SIGNED_IN]: at, iat = 0 }: JWTPayload): number {
  return typeof at === 'number' ? at : iat;
}
