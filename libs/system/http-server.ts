import { type Socket } from 'node:net';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import {
  correlationId,
  HTTP_MESSAGES,
  NestLog,
  problemDetails,
  ProblemDetailsFilter,
  RouteTable,
} from '#libs/nest';
import { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { type System } from './system.js';
import { SystemModule } from './system.module.js';

const PREFIX = 'api/v1';
/** A request that takes longer to arrive is cut off, so that a slow sender does not hold up a shutdown. */
const REQUEST_TIMEOUT_MS = 60_000;
const MAX_PARAMETER = 300;

/** The Nest application on Fastify, not yet listening. Closing it closes the system too. */
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
      filter.answer(error, request, reply);
    },
    clientErrorHandler: refuseUnreadable,
    skipMiddie: true,
  });
  const fastify = adapter.getInstance();
  const routes: { url: string; methods: string | string[] }[] = [];
  fastify.addHook('onRoute', ({ url, method }) => {
    routes.push({ url, methods: method });
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.header('x-correlation-id', request.id);
    done();
  });
  if (!config.roles.has('api')) fastify.addHook('onRequest', answerHealthOnly);
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
  takeJsonOnly(fastify);

  const app = await NestFactory.create<NestFastifyApplication>(SystemModule.of(system), adapter, {
    logger: new NestLog(log),
    bodyParser: false,
    abortOnError: false,
  });
  filter = app.get(ProblemDetailsFilter);
  app.setGlobalPrefix(PREFIX, { exclude: ['health/live', 'health/ready', 'metrics'] });
  describe(app);
  await app.init();
  if (!config.roles.has('api')) return app;
  const table = app.get(RouteTable);
  for (const route of routes) table.add(route.url, route.methods);
  return app;
}

/** A process that only projects or keeps time tells how it is, and nothing else. */
function answerHealthOnly(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (/^\/(health\/|metrics$)/.test(request.url)) done();
  else reply.callNotFound();
}

/** No other body is understood: anything else is 415. An empty body is no body, for commands that need none. */
function takeJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body.length === 0) done(null, undefined);
    else void parse(request, body, done);
  });
}

function describe(app: NestFastifyApplication): void {
  const config = new DocumentBuilder()
    .setTitle('Zhitong 直通')
    .setDescription(
      'Approvals of construction projects as a log of events. A command is POSTed on the thing it is about; the URL names the legal act. Errors are problem details (RFC 9457).',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, config), {
    jsonDocumentUrl: 'api/docs-json',
    yamlDocumentUrl: 'api/docs-yaml',
  });
}

/** What is not HTTP never becomes a request; it is answered in the same form. */
function refuseUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = JSON.stringify(
    problemDetails({ status: 400, code: 'http.bad-request', params: {} }, HTTP_MESSAGES, '', undefined),
  );
  socket.end(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/problem+json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}
