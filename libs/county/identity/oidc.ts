import {
  createRemoteJWKSet,
  errors,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
} from 'jose';
import { retryLater, unauthenticated } from '#libs/shell/nest';
import { refused } from './tokens.js';

export interface OidcConfig {
  /** `iss` of the provider, exactly. */
  readonly issuer: string;
  /** `aud` that its tokens must carry. */
  readonly audience: string;
  /** Clients (`azp`, or `client_id` as RFC 9068 calls it) whose tokens are taken; empty = those of every client. */
  readonly clients: readonly string[];
  /** Where its keys are; null = found through OpenID Connect Discovery. */
  readonly jwksUri: string | null;
}

/** With a symmetric algorithm, knowing the public key would be enough to sign. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const TIMEOUT_MS = 5_000;
const RETRY_SECONDS = 5;

/** OpenID Connect Core 2: at most 255 ASCII characters. */
const SUBJECT = /^[\x21-\x7e]{1,255}$/;

/** Who a provider's token is about: its own name for a person, which it never gives to another. */
export interface OidcSubject {
  readonly issuer: string;
  readonly subject: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

/**
 * Checks the access tokens of an OpenID Connect provider. Which account its subject is, an administrator has said; names
 * that people choose themselves, such as `preferred_username`, are not looked at.
 */
export class OidcTokens {
  private keys: Promise<JWTVerifyGetKey> | null = null;

  constructor(private readonly config: OidcConfig) {}

  get issuer(): string {
    return this.config.issuer;
  }

  /** @throws HttpProblem 401; 503 while the provider's keys cannot be fetched */
  async verify(token: string, nowMs: number): Promise<OidcSubject> {
    const { issuer, audience } = this.config;
    try {
      const { payload, protectedHeader } = await jwtVerify(token, await this.keySet(), {
        algorithms: ALGORITHMS,
        issuer,
        audience,
        currentDate: new Date(nowMs),
        requiredClaims: ['exp', 'sub'],
      });
      if (!isAccessToken(protectedHeader, payload) || !this.isOfAClient(payload)) throw unauthenticated();
      const { sub, exp } = payload;
      if (typeof sub !== 'string' || !SUBJECT.test(sub) || typeof exp !== 'number') throw unauthenticated();
      return { issuer, subject: sub, expiresAt: exp * 1000 };
    } catch (error) {
      if (isAway(error)) throw retryLater(503, 'identity.provider-away', RETRY_SECONDS);
      throw refused(error);
    }
  }

  private isOfAClient(payload: JWTPayload): boolean {
    const { clients } = this.config;
    const client = payload['azp'] ?? payload['client_id'];
    return clients.length === 0 || (typeof client === 'string' && clients.includes(client));
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
    const { issuer, jwks_uri: keys } = (found ?? {}) as { readonly [name: string]: unknown };
    // Section 4.3: another issuer's document says nothing of this one's keys.
    if (issuer === this.config.issuer && typeof keys === 'string') return keys;
    throw new ProviderAway(`${url} answered ${response.status} without a jwks_uri of ${this.config.issuer}`);
  }
}

/**
 * RFC 9068 section 4: a token is an access token when its header says so; Keycloak says so in its claim `typ`. An ID token
 * is for the client that asked for it, and shows that a person signed in there, not that they may act here.
 */
function isAccessToken({ typ }: JWTHeaderParameters, payload: JWTPayload): boolean {
  if (payload['typ'] === 'ID') return false;
  const kind = typ?.toLowerCase().replace(/^application\//, '');
  return kind === 'at+jwt' || payload['typ'] === 'Bearer';
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
