import { ArgumentsHost, Catch, ExceptionFilter, Injectable, type Provider } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { HTTP_MESSAGES, type MessageTable } from './http.messages.js';
import { Metrics } from './metrics.js';
import { problemDetails, type Refusal, refusalOf } from './problem-details.js';
import { RouteTable } from './route-table.js';
import { LOGGER, MESSAGES } from './tokens.js';

/** Turns every error into one kind of answer, counts it, and logs what is a fault of ours with its stack. */
@Catch()
@Injectable()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(
    private readonly texts: MessageTable,
    private readonly metrics: Metrics,
    private readonly routes: RouteTable,
    private readonly log: Logger,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.answer(error, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  /** Also called for errors that Fastify meets before Nest. */
  answer(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const refusal = this.refusal(error, request);
    this.metrics.refused(refusal.code);
    const body = problemDetails(refusal, this.texts, request.url, request.headers['accept-language']);
    void reply
      .status(refusal.status)
      .headers(refusal.headers ?? {})
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('x-correlation-id', request.id)
      .send(JSON.stringify(body));
  }

  private refusal(error: unknown, request: FastifyRequest): Refusal {
    const known = refusalOf(error);
    if (known === null) {
      this.log.error({ err: error, correlationId: request.id, url: request.url }, 'request failed');
      return { status: 500, code: 'http.internal', params: { correlationId: request.id } };
    }
    // One line a request would add to what the process has too much of; the metrics count them.
    if (known.status >= 500 && known.code !== 'http.overloaded') {
      this.log.warn({ err: error, correlationId: request.id, url: request.url }, 'request refused for now');
    }
    if (known.code !== 'http.not-found' || !request.is404) return known;
    const allowed = this.routes.methodsOf(request.url);
    if (allowed.length === 0 || allowed.includes(request.method)) return known;
    return {
      status: 405,
      code: 'http.method-not-allowed',
      params: {},
      headers: { allow: allowed.join(', ') },
    };
  }
}

export const problemDetailsFilter: Provider = {
  provide: ProblemDetailsFilter,
  inject: [MESSAGES, Metrics, RouteTable, LOGGER],
  useFactory: (texts: MessageTable, metrics: Metrics, routes: RouteTable, log: Logger) =>
    new ProblemDetailsFilter({ ...HTTP_MESSAGES, ...texts }, metrics, routes, log),
};
