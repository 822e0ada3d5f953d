import { type JsonObject } from '#libs/engine/event-sourcing';
import { type Reason } from './validation.messages.js';

/** One thing wrong with an input: where, and why, in both languages. */
export interface FieldProblem extends Reason {
  /** Path in the body, `items[0].reason`; a header or query parameter goes by its name. */
  readonly field: string;
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

/**
 * The most problems listed in one answer, and the most characters of a field's name in them, so that a request is not echoed
 * whole.
 */
const MOST_PROBLEMS = 20;
const MOST_CHARACTERS = 100;

/** The request's content cannot be read as what it must be. Lists what was found, not only the first. */
export class InvalidInput extends Error {
  override readonly name = 'InvalidInput';

  constructor(
    readonly errors: readonly FieldProblem[],
    /** How many more were found than are listed. */
    readonly more = 0,
  ) {
    super(errors.map((e) => `${e.field}: ${e.reason}`).join('; '));
  }
}

/** Collects what is wrong with an input: the first twenty, and a count of the rest. */
export class Problems {
  private readonly errors: FieldProblem[] = [];
  private more = 0;

  add(field: string, { reason, reasonZh }: Reason): undefined {
    if (this.errors.length === MOST_PROBLEMS) this.more++;
    else this.errors.push({ field: shortened(field), reason, reasonZh });
  }

  /** @throws InvalidInput when there was a problem. */
  throwAny(): void {
    if (this.errors.length > 0) throw new InvalidInput(this.errors, this.more);
  }
}

/** A name that only the caller knows may be of any length. */
function shortened(field: string): string {
  if (field.length <= MOST_CHARACTERS) return field;
  // A cut in the middle of a surrogate pair would leave half a character.
  return `${field.slice(0, MOST_CHARACTERS).replace(/[\ud800-\udbff]$/, '')}…`;
}

/** One field wrong, said in both languages. */
export function invalid(field: string, reason: string, reasonZh: string): InvalidInput {
  return new InvalidInput([{ field: shortened(field), reason, reasonZh }]);
}

export function unauthenticated(code = 'http.unauthenticated'): HttpProblem {
  return new HttpProblem(401, code, {}, { 'www-authenticate': 'Bearer realm="zhitong"' });
}

export function retryLater(
  status: 429 | 503,
  code: string,
  seconds: number,
  params: JsonObject = {},
  options?: { cause: unknown },
): HttpProblem {
  const headers = { 'retry-after': `${Math.max(1, Math.ceil(seconds))}` };
  return new HttpProblem(status, code, params, headers, options);
}
