import { createHash } from 'node:crypto';
import { type Configuration } from 'openid-client';
import { EncryptJWT, errors, jwtDecrypt } from 'jose';
import { HttpProblem, retryLater } from '#libs/shell/nest';
import { type Identity } from './account.state.js';

/** A client of the provider that signs people in, registered there. */
export interface OidcClient {
  readonly id: string;
  /** null: a public client, which has PKCE alone. */
  readonly secret: string | null;
  /** Where the provider sends browsers back to, as it is registered there: the address of `session/provider/callback`. */
  readonly redirectUri: string;
}

export interface ProviderConfig {
  readonly issuer: string;
  readonly client: OidcClient;
}

/** What the browser keeps while the person is at the provider. */
interface Underway {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly returnTo: string;
}

/** How long a person may take to sign in at the provider. */
export const SIGN_IN_SECONDS = 600;
const RETRY_SECONDS = 5;
const TIMEOUT_SECONDS = 5;
/** A longer cookie was not given here. */
const MOST_CHARACTERS = 3_000;

/**
 * Signs people in at an OpenID Connect provider by the authorization code flow with PKCE. What has to be the same at the end as
 * at the beginning is in a cookie of this browser alone, encrypted; nothing of it is kept here.
 */
export class ProviderSignIn {
  private readonly key: Uint8Array;
  private provider: Promise<Configuration> | null = null;

  constructor(
    private readonly config: ProviderConfig,
    secret: Uint8Array,
  ) {
    this.key = createHash('sha256').update('sign-in\0').update(secret).digest();
  }

  /** Where to send the browser, and the cookie that it has to bring back. @throws HttpProblem 503 while the provider is away */
  async begin(returnTo: string): Promise<{ readonly address: string; readonly cookie: string }> {
    const client = await import('openid-client');
    const configuration = await this.found();
    const underway: Underway = {
      state: client.randomState(),
      nonce: client.randomNonce(),
      verifier: client.randomPKCECodeVerifier(),
      returnTo,
    };
    const address = client.buildAuthorizationUrl(configuration, {
      redirect_uri: this.config.client.redirectUri,
      scope: 'openid',
      state: underway.state,
      nonce: underway.nonce,
      code_challenge: await client.calculatePKCECodeChallenge(underway.verifier),
      code_challenge_method: 'S256',
    });
    const cookie = await new EncryptJWT({ ...underway })
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .setIssuedAt()
      .setExpirationTime(`${SIGN_IN_SECONDS}s`)
      .encrypt(this.key);
    return { address: address.href, cookie };
  }

  /**
   * Who signed in, from the address that the provider sent the browser to.
   * @throws HttpProblem 401 when anything is not as it was at the beginning; 503 while the provider is away
   */
  async finish(
    query: string,
    cookie: string | null,
  ): Promise<{ readonly identity: Identity; readonly returnTo: string }> {
    const underway = await this.underway(cookie);
    const client = await import('openid-client');
    const configuration = await this.found();
    const address = new URL(this.config.client.redirectUri);
    address.search = query;
    try {
      const tokens = await client.authorizationCodeGrant(configuration, address, {
        expectedState: underway.state,
        expectedNonce: underway.nonce,
        pkceCodeVerifier: underway.verifier,
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.sub;
      if (subject === undefined) throw refused();
      return { identity: { issuer: this.config.issuer, subject }, returnTo: underway.returnTo };
    } catch (error) {
      if (error instanceof HttpProblem) throw error;
      if (isAway(error)) throw retryLater(503, 'identity.provider-away', RETRY_SECONDS);
      // Each error of the library, and each of the provider's, says that this person did not sign in.
      const isOfTheFlow = [
        client.ClientError,
        client.AuthorizationResponseError,
        client.ResponseBodyError,
      ].some((kind) => error instanceof kind);
      throw isOfTheFlow ? refused(error) : error;
    }
  }

  private async underway(cookie: string | null): Promise<Underway> {
    if (cookie === null || cookie.length > MOST_CHARACTERS) throw refused();
    try {
      const { payload } = await jwtDecrypt<Underway>(cookie, this.key, {
        keyManagementAlgorithms: ['dir'],
        contentEncryptionAlgorithms: ['A256GCM'],
        requiredClaims: ['state', 'nonce', 'verifier', 'returnTo', 'exp'],
      });
      return payload;
    } catch (error) {
      throw error instanceof errors.JOSEError ? refused(error) : error;
    }
  }

  /** What the provider says of itself (OpenID Connect Discovery), asked once it is needed. */
  private found(): Promise<Configuration> {
    this.provider ??= this.discover().catch((error: unknown) => {
      this.provider = null;
      throw retryLater(503, 'identity.provider-away', RETRY_SECONDS, {}, { cause: error });
    });
    return this.provider;
  }

  private async discover(): Promise<Configuration> {
    const client = await import('openid-client');
    const { issuer, client: registered } = this.config;
    const address = new URL(issuer);
    const authentication =
      registered.secret === null ? client.None() : client.ClientSecretBasic(registered.secret);
    // An operator who names an address without TLS wants it: a provider on this machine, or one in tests.
    const execute = [
      client.enableNonRepudiationChecks,
      ...(address.protocol === 'http:' ? [client.allowInsecureRequests] : []),
    ];
    return client.discovery(address, registered.id, {}, authentication, {
      execute,
      timeout: TIMEOUT_SECONDS,
    });
  }
}

/**
 * A path of this site to return to after signing in.
 * @returns null for one that a browser would take for an address elsewhere
 */
export function pathHere(returnTo: string): string | null {
  const here = 'http://here.invalid';
  if (!returnTo.startsWith('/') || !URL.canParse(returnTo, here)) return null;
  const { origin, pathname, search, hash } = new URL(returnTo, here);
  // `/.//elsewhere` is a path as it is written, and an address elsewhere once its dots are gone.
  return origin !== here || pathname.startsWith('//') ? null : pathname + search + hash;
}

function refused(cause?: unknown): HttpProblem {
  const headers = { 'www-authenticate': 'Bearer realm="zhitong"' };
  return new HttpProblem(401, 'sign-in.provider-refused', {}, headers, { cause });
}

/** `fetch` fails with a TypeError. */
function isAway(error: unknown): boolean {
  const { code } = error as { readonly code?: unknown };
  return error instanceof TypeError || code === 'OAUTH_TIMEOUT';
}
