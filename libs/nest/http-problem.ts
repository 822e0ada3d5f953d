import { type JsonObject } from '#libs/event-sourcing';

/** One thing wrong with an input: where, and why, in both languages. */
export interface FieldProblem {
  /** Path in the body, `items[0].reason`; a header or query parameter goes by its name. */
  readonly field: string;
  readonly reason: string;
  readonly reasonZh: string;
}

/**
 * A refusal made at the edge itself, before or after the domain. Domain errors know no HTTP; the filter gives them
 * their status.
 */
export class HttpProblem extends Error {
  override readonly name = 'HttpProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: JsonObject = {},
    readonly headers: Readonly<Record<string, string>> = {},
    options?: { cause: unknown },
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
  }
}

/** The request's content cannot be read as what it must be. Lists everything found, not only the first. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  constructor(readonly errors: readonly FieldProblem[]) {
    super(errors.map((e) => `${e.field}: ${e.reason}`).join('; '));
  }
}

/** One field wrong, said in both languages. */
export function invalid(field: string, reason: string, reasonZh: string): InvalidInput {
  return new InvalidInput([{ field, reason, reasonZh }]);
}

export function unauthenticated(code = 'http.unauthenticated'): HttpProblem {
  return new HttpProblem(401, code, {}, { 'www-authenticate': 'Bearer realm="zhitong"' });
}

export function retryLater(
  status: 429 | 503,
  code: string,
  seconds: number,
  params: JsonObject = {},
): HttpProblem {
  return new HttpProblem(status, code, params, { 'retry-after': `${Math.max(1, Math.ceil(seconds))}` });
}
