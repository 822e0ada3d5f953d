import { createRemoteJWKSet, errors, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { retryLater, unauthenticated } from '#libs/nest';
import { refused, type VerifiedToken } from './tokens.js';

export interface OidcConfig {
  /** `iss` of the provider, exactly. */
  readonly issuer: string;
  /** `aud` that its tokens must carry. */
  readonly audience: string;
  /** Claim that names the local account. */
  readonly accountClaim: string;
  /** Where its keys are; null = found through OpenID Connect Discovery. */
  readonly jwksUri: string | null;
}

/** A symmetric algorithm would let whoever knows the public key sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const TIMEOUT_MS = 5_000;
const RETRY_SECONDS = 5;

/** Checks the tokens of an OpenID Connect provider. Who the person is and may do stays with the local account. */
export class OidcTokens {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(private readonly config: OidcConfig) {}

  get issuer(): string {
    return this.config.issuer;
  }

  /** @throws HttpProblem 401; 503 while the provider's keys cannot be fetched */
  async verify(token: string, nowMs: number): Promise<VerifiedToken> {
    const { issuer, audience, accountClaim } = this.config;
    try {
      const { payload } = await jwtVerify(token, await this.keySet(), {
        algorithms: ALGORITHMS,
        issuer,
        audience,
        currentDate: new Date(nowMs),
        requiredClaims: ['exp'],
      });
      const account = payload[accountClaim];
      if (typeof account !== 'string' || typeof payload.exp !== 'number') throw unauthenticated();
      return { account, generation: null, expiresAt: payload.exp * 1000 };
    } catch (error) {
      if (isAway(error)) throw retryLater(503, 'identity.provider-away', RETRY_SECONDS);
      throw refused(error);
    }
  }

  private keySet(): Promise<JWTVerifyGetKey> {
    this.keys ??= this.findKeys().catch((error: unknown) => {
      this.keys = null;
      throw error;
    });
    return this.keys;
  }

  private async findKeys(): Promise<JWTVerifyGetKey> {
    const uri = this.config.jwksUri ?? (await this.discover());
    return createRemoteJWKSet(new URL(uri), { timeoutDuration: TIMEOUT_MS });
  }

  /** OpenID Connect Discovery 1.0 section 4. */
  private async discover(): Promise<string> {
    const url = `${this.config.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const found: unknown = response.ok ? await response.json() : null;
    if (
      typeof found === 'object' &&
      found !== null &&
      'jwks_uri' in found &&
      typeof found.jwks_uri === 'string'
    ) {
      return found.jwks_uri;
    }
    throw new ProviderAway(`${url} answered ${response.status} without a jwks_uri`);
  }
}

class ProviderAway extends Error {
  override readonly name = 'ProviderAway';
}

/** `fetch` fails with a TypeError, a time-out with a DOMException of that name. */
function isAway(error: unknown): boolean {
  return (
    error instanceof ProviderAway ||
    error instanceof errors.JWKSTimeout ||
    error instanceof TypeError ||
    (error instanceof Error && error.name === 'TimeoutError') ||
    (error instanceof errors.JOSEError && error.code === 'ERR_JOSE_GENERIC')
  );
}
