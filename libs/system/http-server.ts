import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Authenticator,
  checkShape,
  correlationId,
  NestLog,
  ProblemDetailsFilter,
  PUBLIC_BODY_LIMIT,
  PUBLIC_METADATA,
  RouteTable,
} from '#libs/nest';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { closeDocumentation, describe } from './api-documents.js';
import { refuseUnreadable } from './client-errors.js';
import { OpsListener } from './ops-listener.js';
import { HEADERS_WITHOUT_ROUTE, sendSecurityHeaders } from './security-headers.js';
import { type System } from './system.js';
import { SystemModule } from './system.module.js';

const PREFIX = 'api/v1';
/** What orchestrators ask; outside the prefix, and all that a process without the role `api` answers. */
const PROBES = ['health/live', 'health/ready', 'metrics'];
/** A request that takes longer to arrive is cut off, so that a slow sender does not hold up a shutdown. */
const REQUEST_TIMEOUT_MS = 60_000;
const MAX_PARAMETER = 300;

/**
 * The Nest application on Fastify, not yet listening. Without the role `api` it answers health and metrics only. Closing
 * it closes the system too.
 */
export async function createHttpServer(system: System): Promise<NestFastifyApplication> {
  const { config, log, metrics } = system;
  let filter: ProblemDetailsFilter | null = null;
  const adapter = new FastifyAdapter({
    bodyLimit: config.bodyLimit,
    requestTimeout: REQUEST_TIMEOUT_MS,
    // Requests that come on an open connection while the server closes are served, not refused.
    return503OnClosing: false,
    ...(config.trustedProxies.length > 0 ? { trustProxy: [...config.trustedProxies] } : {}),
    genReqId: (request: { headers: { [name: string]: string | string[] | undefined } }) =>
      correlationId(request.headers['x-correlation-id']),
    routerOptions: { maxParamLength: MAX_PARAMETER },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) => {
      if (filter === null) throw error;
      filter.answer(error, request, reply.headers(HEADERS_WITHOUT_ROUTE));
    },
    clientErrorHandler: refuseUnreadable,
    skipMiddie: true,
  });
  const fastify = adapter.getInstance();
  const routes: { url: string; methods: string | string[] }[] = [];
  fastify.addHook('onRoute', (route) => {
    routes.push({ url: route.url, methods: route.method });
    if (isPublic(route)) route.bodyLimit = Math.min(PUBLIC_BODY_LIMIT, config.bodyLimit);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    done();
  });
  // While the server closes, an answered connection is of no more use: kept alive it would hold up the stop.
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (!fastify.server.listening) void reply.header('connection', 'close');
    done(null, payload);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const route = request.is404 ? 'unknown' : (request.routeOptions.url ?? 'unknown');
    metrics.answered(request.method, route, reply.statusCode, reply.elapsedTime / 1000);
    done();
  });
  await sendSecurityHeaders(fastify);
  takeJsonOnly(fastify);
  const isApi = config.roles.has('api');
  answerProbesOnly(fastify, (request) => !isApi || app.get(OpsListener).took(request.raw));
  if (config.docs === 'signed-in') closeDocumentation(fastify, () => app.get(Authenticator));

  const app = await NestFactory.create<NestFastifyApplication>(SystemModule.of(system), adapter, {
    logger: new NestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  filter = app.get(ProblemDetailsFilter);
  app.setGlobalPrefix(PREFIX, { exclude: PROBES });
  if (isApi) describe(app);
  await app.init();
  const table = app.get(RouteTable);
  for (const route of routes) {
    if (isApi || isProbe(route.url)) table.add(route.url, route.methods);
  }
  return app;
}

/**
 * Listens at the public address and at that of operators. Where the latter was not asked for and is taken, by another
 * server on this machine for example, the process does without it.
 */
export async function listen(app: NestFastifyApplication, { config, log }: System): Promise<void> {
  await app.listen({ host: config.host, port: config.port });
  const { host, port, isDefaultPort } = config.ops;
  if (port === null) return;
  const fastify = app.getHttpAdapter().getInstance();
  try {
    await app
      .get(OpsListener)
      .listen((request, response) => fastify.routing(request, response), { host, port });
  } catch (err) {
    if (!isDefaultPort) throw err;
    log.warn({ err }, 'the address of operators is taken: health in detail and metrics need a token');
  }
}

function isPublic({ config }: RouteOptions): boolean {
  return config !== undefined && (config as { readonly [key: string]: unknown })[PUBLIC_METADATA] === true;
}

function isProbe(url: string | undefined): boolean {
  return PROBES.some((probe) => url === `/${probe}`);
}

/**
 * The areas register their routes in every process, for the command line too: without the role `api`, and at the address
 * of operators, nobody is let in by them.
 */
function answerProbesOnly(fastify: FastifyInstance, isMeant: (request: FastifyRequest) => boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.is404 || isProbe(request.routeOptions.url) || !isMeant(request)) done();
    else reply.callNotFound();
  });
}

/** No other body is understood: anything else is 415. An empty body is no body, for commands that need none. */
function takeJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) {
      done(null, undefined);
      return;
    }
    try {
      checkShape(body);
    } catch (error) {
      done(error as Error);
      return;
    }
    void parse(request, body, done);
  });
}
