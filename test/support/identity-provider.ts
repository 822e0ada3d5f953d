import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose';

/** What the provider remembers of a browser that it sends back with a code. */
interface Granted {
  readonly subject: string;
  readonly nonce: string;
  readonly challenge: string;
  readonly redirectUri: string;
}

const CLIENT = { id: 'console', secret: 'the-secret-of-the-console' } as const;

/**
 * An OpenID Connect provider that does what the standard asks for of the code flow with PKCE (OpenID Connect Core 3.1, RFC 7636), on
 * this machine. The caller is signed in as `subject`.
 */
export class IdentityProvider {
  readonly client = CLIENT;
  subject = 'person-1';
  /** What the next ID token says instead of what it should. */
  claims: { readonly [name: string]: string } = {};
  private readonly granted = new Map<string, Granted>();

  private constructor(
    private readonly server: Server,
    private readonly key: CryptoKey,
    private readonly jwk: object,
  ) {}

  static async start(): Promise<IdentityProvider> {
    const { privateKey, publicKey } = await generateKeyPair('ES256');
    const jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' };
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const provider = new IdentityProvider(server, privateKey, jwk);
    server.on('request', (request, response) => void provider.answer(request, response));
    return provider;
  }

  get issuer(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const address = new URL(request.url ?? '/', this.issuer);
    const send = (status: number, body: object) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    switch (address.pathname) {
      case '/.well-known/openid-configuration':
        send(200, {
          issuer: this.issuer,
          authorization_endpoint: `${this.issuer}/authorize`,
          token_endpoint: `${this.issuer}/token`,
          jwks_uri: `${this.issuer}/keys`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['ES256'],
          code_challenge_methods_supported: ['S256'],
        });
        return;
      case '/keys':
        send(200, { keys: [this.jwk] });
        return;
      case '/authorize':
        response.writeHead(302, { location: this.grant(address.searchParams) }).end();
        return;
      case '/token':
        return this.redeem(request, send);
      default:
        send(404, {});
    }
  }

  private grant(asked: URLSearchParams): string {
    const value = (name: string) => asked.get(name) ?? '';
    if (value('client_id') !== CLIENT.id || value('response_type') !== 'code' || value('scope') !== 'openid')
      throw new Error(`not a request of this client: ${asked.toString()}`);
    const code = randomUUID();
    this.granted.set(code, {
      subject: this.subject,
      nonce: value('nonce'),
      challenge: value('code_challenge_method') === 'S256' ? value('code_challenge') : '',
      redirectUri: value('redirect_uri'),
    });
    return `${value('redirect_uri')}?code=${code}&state=${encodeURIComponent(value('state'))}`;
  }

  private async redeem(
    request: IncomingMessage,
    send: (status: number, body: object) => void,
  ): Promise<void> {
    let text = '';
    for await (const part of request) text += String(part);
    const body = new URLSearchParams(text);
    const code = body.get('code') ?? '';
    const granted = this.granted.get(code);
    this.granted.delete(code);
    // Name and secret are form-encoded before they are put together (RFC 6749 section 2.3.1).
    const basic = Buffer.from((request.headers.authorization ?? '').slice('Basic '.length), 'base64');
    const client = basic.toString().split(':').map(decodeURIComponent);
    const challenge = createHash('sha256')
      .update(body.get('code_verifier') ?? '')
      .digest('base64url');
    if (
      client.join(':') !== `${CLIENT.id}:${CLIENT.secret}` ||
      granted?.challenge !== challenge ||
      granted.redirectUri !== body.get('redirect_uri')
    ) {
      send(400, { error: 'invalid_grant' });
      return;
    }
    const idToken = await new SignJWT({
      nonce: granted.nonce,
      sub: granted.subject,
      iss: this.issuer,
      aud: CLIENT.id,
      ...this.claims,
    })
      .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(this.key);
    send(200, { access_token: randomUUID(), token_type: 'Bearer', id_token: idToken, expires_in: 60 });
  }
}
