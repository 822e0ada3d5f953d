import { headersOf } from './headers.js';
import { type Schema } from './schema-type.js';

/** What each status of a refusal means. */
const REFUSALS: { readonly [status: string]: { readonly name: string; readonly description: string } } = {
  400: {
    name: 'BadInput',
    description: 'What was sent cannot be read; each field with its reason. Nothing was stored',
  },
  401: { name: 'NotSignedIn', description: 'No token, or one that is not good' },
  403: { name: 'NotYours', description: 'Not for this role, person or department' },
  404: { name: 'NotKnown', description: 'There is no such thing, or none that the caller may see' },
  409: {
    name: 'NotLawfulNow',
    description: 'Not lawful at this stage, with the article. Nothing was stored',
  },
  412: { name: 'Changed', description: 'If-Match is not the last revision. Nothing was stored' },
  414: { name: 'AddressTooLong', description: 'The address is too long' },
  415: { name: 'NotJson', description: 'The body is not JSON in UTF-8' },
  413: { name: 'TooLarge', description: 'The body is too large' },
  416: { name: 'NotInRange', description: 'The range is not within the file' },
  422: {
    name: 'NotAcceptable',
    description: 'Not acceptable at any stage, or an Idempotency-Key that was used for something else',
  },
  429: { name: 'TooOften', description: 'Too many requests of this caller' },
  503: {
    name: 'NotNow',
    description: 'The store or a place in the queue is not available now. Nothing was stored',
  },
  default: { name: 'Refused', description: 'Any other refusal' },
};

/** Headers of a refusal in addition to the id of the request. */
const HEADERS_OF: { readonly [status: string]: Schema } = {
  401: headersOf('WwwAuthenticate'),
  429: headersOf('RetryAfter'),
  503: headersOf('RetryAfter'),
};

/** Refusals that any route may give. */
export const ALWAYS = ['400', '414', '429', '503'] as const;
/** Refusals that any route with a body may give. */
export const OF_BODIES = ['413', '415'] as const;

export function isRefusal(status: string): boolean {
  return status in REFUSALS && status !== 'default';
}

export function refusalReference(status: string): Schema {
  return { $ref: `#/components/responses/${REFUSALS[status]?.name}` };
}

/** What queries answer without a body to who has the content already. */
const NOT_MODIFIED: Schema = {
  description: 'What the caller has is still the same: its tag was in If-None-Match',
  headers: headersOf('CorrelationId', 'Tag'),
};

/** The refusals as components, and what is not modified. */
export function refusals(): Schema {
  const entries = Object.fromEntries(
    Object.entries(REFUSALS).map(([status, { name, description }]) => [
      name,
      {
        description,
        headers: { ...headersOf('CorrelationId'), ...HEADERS_OF[status] },
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    ]),
  );
  return { ...entries, NotModified: NOT_MODIFIED };
}
