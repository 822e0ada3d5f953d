import { fastifyCookie } from '@fastify/cookie';
import { type FastifyRequest } from 'fastify';
import { HttpProblem, unauthenticated } from './http-problem.js';

/** What a request shows of who sends it: the bearer token of a program, or the cookie of a browser's session. */
export interface Credential {
  readonly kind: 'token' | 'session';
  readonly value: string;
}

/** With this prefix a browser takes the cookie over TLS (or from this machine) only, of this host and for all of its paths. */
export const SESSION_COOKIE = '__Host-zhitong';

/** As much of a request as says who sends it, and from which page. */
export type Sender = Pick<FastifyRequest, 'headers' | 'method' | 'host'>;

/** @throws HttpProblem 401 */
export function bearer(header: string | undefined): string {
  const match = header === undefined ? null : /^Bearer +([A-Za-z0-9._~+/-]+=*)$/i.exec(header);
  if (!match?.[1]) throw unauthenticated();
  return match[1];
}

/** The value of a cookie; null without one of that name. */
export function cookieOf({ headers }: Pick<FastifyRequest, 'headers'>, name: string): string | null {
  if (headers.cookie === undefined) return null;
  const cookies: Readonly<Record<string, string | undefined>> = fastifyCookie.parse(headers.cookie);
  return cookies[name] ?? null;
}

/** True for a request that says who sends it, well or badly. */
export function showsCredential(request: Pick<FastifyRequest, 'headers'>): boolean {
  return request.headers.authorization !== undefined || cookieOf(request, SESSION_COOKIE) !== null;
}

/**
 * The credential of a request. A token goes before a cookie: a browser adds the cookie by itself, a token is sent on purpose.
 * @throws HttpProblem 401 without one, 403 for a cookie that a page of another site made the browser send
 */
export function credentialOf(request: Sender): Credential {
  const { authorization } = request.headers;
  if (authorization !== undefined) return { kind: 'token', value: bearer(authorization) };
  const value = cookieOf(request, SESSION_COOKIE);
  if (value === null) throw unauthenticated();
  mustBeFromHere(request);
  return { kind: 'session', value };
}

/**
 * Refuses what a page of another site made a browser send (W3C Fetch Metadata; older browsers send `Origin`). What comes with
 * neither header was not sent by a browser: a program that shows a cookie was given it.
 * @throws HttpProblem 403
 */
export function mustBeFromHere({ headers, method, host }: Sender): void {
  const site = headers['sec-fetch-site'];
  const isSafe = method === 'GET' || method === 'HEAD';
  if (site !== undefined) {
    // `none`: a person typed the address or chose it from the bookmarks.
    if (site === 'same-origin' || (site === 'none' && isSafe)) return;
    throw new HttpProblem(403, 'http.cross-site');
  }
  const { origin } = headers;
  if (origin !== undefined && hostOf(origin) !== host.toLowerCase()) {
    throw new HttpProblem(403, 'http.cross-site');
  }
}

/** Null for `null`, which a browser sends for a page that has no origin. */
function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}
