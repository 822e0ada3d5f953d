import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { type FastifyInstance } from 'fastify';
import helmet from 'helmet';
import { isDocumentation } from './api-document/describe.js';

/** Two years, as the preload list of browsers asks for. */
const TLS_ONLY = 'max-age=63072000; includeSubDomains';

/** Answers of an API are data: nothing in them is ever to be run, shown in a frame or sent elsewhere. */
const API_POLICY = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/** The page that shows the OpenAPI document brings its own scripts and styles, and calls the API it describes. */
const PAGE_POLICY = {
  ...API_POLICY,
  'script-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
};

/** For answers that are sent before a route is found, which no hook sees. */
export const HEADERS_WITHOUT_ROUTE = {
  'cache-control': 'no-store',
  'content-security-policy': Object.entries(API_POLICY)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';'),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/**
 * The headers that helmet sets, in lower case. They depend on nothing in a request, and helmet puts the policy together
 * anew for every response, so it is asked once.
 */
function headersOf(directives: Record<string, string[]>): Readonly<Record<string, string>> {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  helmet({
    contentSecurityPolicy: { useDefaults: false, directives },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Set below, and only where the response goes out over TLS.
    hsts: false,
  })(request, response, (error?: unknown) => {
    if (error instanceof Error) throw error;
  });
  return Object.fromEntries(
    Object.entries(response.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
}

/** Headers of every response, for browsers and caches. Called before the first route is made. */
export function sendSecurityHeaders(fastify: FastifyInstance): void {
  const ofData = headersOf(API_POLICY);
  const ofPage = headersOf(PAGE_POLICY);
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(isDocumentation(request.routeOptions.url ?? '') ? ofPage : ofData);
    done();
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (request.protocol === 'https') void reply.header('strict-transport-security', TLS_ONLY);
    done(null, payload);
  });
}
