import helmet from '@fastify/helmet';
import { type FastifyInstance } from 'fastify';
import { isDocumentation } from './api-documents.js';

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

/** For answers that are given before there is a route, which no hook sees. */
export const HEADERS_WITHOUT_ROUTE = {
  'cache-control': 'no-store',
  'content-security-policy': Object.entries(API_POLICY)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join(';'),
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

const policy = (directives: Record<string, string[]>) => ({ useDefaults: false, directives });

/** What every answer tells browsers and caches. Called before the first route is made. */
export async function sendSecurityHeaders(fastify: FastifyInstance): Promise<void> {
  fastify.addHook('onRoute', (route) => {
    if (isDocumentation(route.url)) route.helmet = { contentSecurityPolicy: policy(PAGE_POLICY) };
  });
  await fastify.register(helmet, {
    contentSecurityPolicy: policy(API_POLICY),
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
    // Below, and only where the answer goes out over TLS.
    hsts: false,
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
    if (request.protocol === 'https') void reply.header('strict-transport-security', TLS_ONLY);
    done(null, payload);
  });
}
