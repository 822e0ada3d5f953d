import { type Schema } from './schema-type.js';

/** Headers of answers, as components. Each is in every answer that lists it. */
export const HEADERS = {
  CorrelationId: {
    description: 'Id of the request, as in the log of the server',
    required: true,
    schema: { type: 'string' },
  },
  ETag: {
    description: 'The revision of the thing after the command, in quotation marks, for If-Match',
    required: true,
    schema: { type: 'string' },
  },
  Location: {
    description: 'Address of the new thing, or of where to go on',
    required: true,
    schema: { type: 'string', format: 'uri-reference' },
  },
  RetryAfter: {
    description: 'Seconds after which to try again',
    required: true,
    schema: { type: 'integer', minimum: 1 },
  },
  Tag: {
    description:
      'For If-None-Match; of a thing that commands change its revision, for If-Match. Left out where answers are not to be kept',
    required: false,
    schema: { type: 'string' },
  },
  WwwAuthenticate: {
    description: 'How to sign in',
    required: true,
    schema: { type: 'string' },
  },
  IdempotencyReplayed: {
    description: '`true` when this is the first answer again, by the Idempotency-Key',
    required: false,
    schema: { type: 'string', const: 'true' },
  },
  PreferenceApplied: {
    description: 'The preference that was followed (RFC 7240)',
    required: true,
    schema: { type: 'string', const: 'handling=dry-run' },
  },
} satisfies Readonly<Record<string, Schema>>;

const NAMES: { readonly [header in keyof typeof HEADERS]: string } = {
  CorrelationId: 'x-correlation-id',
  ETag: 'etag',
  Location: 'location',
  RetryAfter: 'retry-after',
  Tag: 'etag',
  WwwAuthenticate: 'www-authenticate',
  IdempotencyReplayed: 'idempotency-replayed',
  PreferenceApplied: 'preference-applied',
};

/** References to these headers, under the names by which they are sent. */
export function headersOf(...headers: readonly (keyof typeof HEADERS)[]): Schema {
  return Object.fromEntries(
    headers.map((header) => [NAMES[header], { $ref: `#/components/headers/${header}` }]),
  );
}
