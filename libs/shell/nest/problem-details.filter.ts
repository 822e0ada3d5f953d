import { defined } from '#libs/engine/event-sourcing';
import { ArgumentsHost, Catch, ExceptionFilter, Injectable, type Provider } from '@nestjs/common';
import { type FastifyReply, type FastifyRequest } from 'fastify';
import { type Logger } from 'pino';
import { HTTP_MESSAGES, type MessageTable } from './http.messages.js';
import { LawCatalogue, chineseReference, englishReference } from '#libs/law/citations';
import { idsToName, NameDirectory, type NameTable } from './message-text.js';
import { Metrics } from './metrics.js';
import {
  problemDetails,
  type ProblemDetails,
  type ProblemTexts,
  type Refusal,
  refusalOf,
} from './problem-details.js';
import { RouteTable } from './route-table.js';
import { LOGGER, MESSAGES } from './tokens.js';

/** A problem in which departments or matters are named by their ids until `writeWithNames` has looked up the names. */
class UnnamedProblem {
  constructor(
    private readonly write: (names?: NameTable) => ProblemDetails,
    private readonly lookUp: () => Promise<NameTable>,
  ) {}

  async named(): Promise<ProblemDetails> {
    return this.write(await this.lookUp());
  }

  /** For answers that Fastify sends without hooks. */
  toJSON(): ProblemDetails {
    return this.write();
  }
}

/** A hook of Fastify that looks the names up: Nest does not await filters. */
export function writeWithNames(
  _request: FastifyRequest,
  _reply: FastifyReply,
  payload: unknown,
  done: (error: Error | null, payload: unknown) => void,
): void {
  if (payload instanceof UnnamedProblem) void payload.named().then((problem) => done(null, problem));
  else done(null, payload);
}

/** Codes of refusals, for the line in the log of each request. */
const answered = new WeakMap<object, string>();

/** The code of the refusal that a request got; null if it was not refused. */
export function codeAnswered(request: object): string | null {
  return answered.get(request) ?? null;
}

/** Turns every error into problem details, counts it, and logs a fault of the server with its stack. */
@Catch()
@Injectable()
export class ProblemDetailsFilter implements ExceptionFilter {
  constructor(
    private readonly texts: ProblemTexts,
    private readonly names: NameDirectory,
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
    answered.set(request, refusal.code);
    const body = (names?: NameTable) =>
      problemDetails(
        refusal,
        { ...this.texts, ...defined({ names }) },
        request.url,
        request.headers['accept-language'],
      );
    const ids = idsToName(refusal.params);
    const namesNothing = ids.departments.length + ids.coded.length === 0;
    void reply
      .status(refusal.status)
      .headers(refusal.headers ?? {})
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('x-correlation-id', request.id)
      .send(namesNothing ? JSON.stringify(body()) : new UnnamedProblem(body, () => this.names.of(ids)));
  }

  /**
   * What the bodies of refusals would be, without answering with them; what they name is looked up once.
   * @throws an error that is not a refusal of the caller, as it came
   */
  async bodiesOf(
    refused: readonly { readonly error: unknown; readonly instance: string }[],
    acceptLanguage: string | undefined,
  ): Promise<readonly ProblemDetails[]> {
    const refusals = refused.map(({ error, instance }) => {
      const refusal = refusalOf(error);
      if (refusal === null || refusal.status >= 500) throw error;
      return { refusal, instance };
    });
    const ids = refusals.map(({ refusal }) => idsToName(refusal.params));
    const departments = [...new Set(ids.flatMap((one) => one.departments))];
    const coded = [...new Set(ids.flatMap((one) => one.coded))];
    const isNamed = departments.length + coded.length > 0;
    const names = isNamed ? await this.names.of({ departments, coded }) : undefined;
    const texts = { ...this.texts, ...defined({ names }) };
    return refusals.map(({ refusal, instance }) => problemDetails(refusal, texts, instance, acceptLanguage));
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
  inject: [MESSAGES, LawCatalogue, NameDirectory, Metrics, RouteTable, LOGGER],
  useFactory: (
    texts: MessageTable,
    laws: LawCatalogue,
    names: NameDirectory,
    metrics: Metrics,
    routes: RouteTable,
    log: Logger,
  ) =>
    new ProblemDetailsFilter(
      {
        messages: { ...HTTP_MESSAGES, ...texts },
        reference: (article) => ({
          zh: chineseReference(laws, article),
          en: englishReference(laws, article),
        }),
      },
      names,
      metrics,
      routes,
      log,
    ),
};
