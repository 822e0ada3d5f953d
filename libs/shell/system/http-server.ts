import { type Server } from 'node:http';
import { type Socket } from 'node:net';
import { fastifyCookie } from '@fastify/cookie';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import {
  Authenticator,
  checkShape,
  correlationId,
  NestLog,
  ProblemDetailsFilter,
  writeWithNames,
  PUBLIC_BODY_LIMIT,
  PUBLIC_METADATA,
  RouteTable,
} from '#libs/shell/nest';
import {
  type FastifyHttpOptions,
  type FastifyInstance,
  type FastifyRequest,
  type RouteOptions,
} from 'fastify';
import { logAccess } from './access-log.js';
import { Admission } from './admission.js';
import { closeDocumentation, describe } from './api-document/describe.js';
import { refusalOfParser, refuseConnection, refuseTunnel } from './client-errors.js';
import { compress } from './compressed.js';
import { Connections } from './connections.js';
import { answerNotModified } from './not-modified.js';
import { OpsListener } from './ops-listener.js';
import { isProbe, PROBES } from './probes.js';
import { callerOf, limitRates } from './rate-limits.js';
import { faultOfForm, pathOf } from './request-form.js';
import { HEADERS_WITHOUT_ROUTE, sendSecurityHeaders } from './security-headers.js';
import { type System } from './system.js';
import { takeFiles } from './file-requests.js';
import { SystemModule } from './system.module.js';

const PREFIX = 'api/v1';
const MAX_PARAMETER = 300;
/** How often requests that take too long to arrive are looked for. */
const ARRIVAL_CHECK_MS = 500;
/** After this long without a byte either way a connection is ended: its other end may be gone. */
const SILENCE_MS = 120_000;
/** How long a stopping process waits for requests that were already being sent. */
const STOP_ARRIVAL_MS = 3_000;

/**
 * The Nest application on Fastify, not yet listening. Without the role `api` it serves health and metrics only. Closing
 * it closes the system too.
 */
export async function createHttpServer(system: System): Promise<NestFastifyApplication> {
  const { config, log, metrics } = system;
  let filter: ProblemDetailsFilter | null = null;
  const options: FastifyHttpOptions<Server> = {
    bodyLimit: config.bodyLimit,
    connectionTimeout: SILENCE_MS,
    requestTimeout: config.files.timeLimitMs,
    http: {
      // All but files have less time: `takeFiles` sees to that.
      requestTimeout: Math.max(config.files.timeLimitMs, config.requestTimeLimitMs),
      headersTimeout: config.requestTimeLimitMs,
      connectionsCheckingInterval: ARRIVAL_CHECK_MS,
      // Missing hosts are refused with all else that is wrong with a request, in the same form.
      requireHostHeader: false,
    },
    rewriteUrl: ({ url }) => pathOf(url ?? '/'),
    // Requests that come on an open connection while the server closes are served, not refused.
    return503OnClosing: false,
    ...(config.trustedProxies.length > 0 ? { trustProxy: [...config.trustedProxies] } : {}),
    genReqId: (request) => correlationId(request.headers['x-correlation-id']),
    routerOptions: { maxParamLength: MAX_PARAMETER },
    frameworkErrors: (error, request, reply) => {
      if (filter === null) throw error;
      filter.answer(error, request, reply.headers(HEADERS_WITHOUT_ROUTE));
    },
    clientErrorHandler: (error, socket) => {
      // The connection is lost, or in the middle of an earlier answer: another answer would not be understood.
      if (error.code === 'ECONNRESET' || !socket.writable || connections.isAnswering(socket)) {
        socket.destroy();
        return;
      }
      const refusal = refusalOfParser(error);
      metrics.refused(refusal.code);
      refuseConnection(socket, refusal);
    },
  };
  const adapter = new FastifyAdapter({ ...options, skipMiddie: true });
  const fastify = adapter.getInstance();
  const connections = new Connections(fastify.server);
  fastify.server.on('connect', (_request, socket: Socket) => refuseTunnel(socket));
  fastify.server.on('checkExpectation', (request, response) => fastify.routing(request, response));
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
  logAccess(fastify, log);
  fastify.addHook('preSerialization', writeWithNames);
  fastify.addHook('preSerialization', async (_request, _reply, payload) => system.personal.open(payload));
  fastify.addHook('preClose', (done) => {
    setTimeout(() => connections.cutUnfinished(), STOP_ARRIVAL_MS).unref();
    done();
  });
  sendSecurityHeaders(fastify);
  answerNotModified(fastify);
  fastify.addHook('onRequest', (request, _reply, done) => {
    done(faultOfForm(request.raw) ?? undefined);
  });
  takeJsonOnly(fastify);
  await takeFiles(fastify, config.requestTimeLimitMs);
  const isApi = config.roles.has('api');
  let opsListener: OpsListener | undefined;
  answerProbesOnly(fastify, ({ raw }) => {
    opsListener ??= app.get<OpsListener>(OpsListener);
    return !isApi || opsListener.received(raw);
  });
  let authenticator: Authenticator | undefined;
  new Admission({ max: config.maxInFlight, longestMs: config.maxWaitMs }, (request) => {
    authenticator ??= app.get<Authenticator>(Authenticator);
    return callerOf(request, authenticator);
  }).guard(fastify);
  await system.traces?.traceRequests(fastify);
  await compress(fastify);
  // The cookies of a request are read where they are needed.
  await fastify.register(fastifyCookie, { hook: false });
  await limitRates(fastify, config.rates, () => app.get(Authenticator));
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
export async function listen(
  app: NestFastifyApplication,
  { config, log, heartbeats }: System,
): Promise<void> {
  await app.listen({ host: config.host, port: config.port });
  heartbeats.start((err) => log.error({ err }, 'cannot say or see which roles are cared for'));
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

/**
 * The areas register their routes in every process, for the command line too: without the role `api`, and at the address of
 * operators, they admit no caller.
 */
function answerProbesOnly(fastify: FastifyInstance, isMeant: (request: FastifyRequest) => boolean): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.is404 || isProbe(request.routeOptions.url) || !isMeant(request)) done();
    else reply.callNotFound();
  });
}

/** Only JSON is understood: anything else is 415. An empty body counts as none, for commands that need none. */
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
