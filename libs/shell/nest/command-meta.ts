import { createHash, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type CommandMeta, isImported, traceparentNow, defined } from '#libs/engine/event-sourcing';
import { type SignedInRequest, actorOf } from './access.js';
import { Clock } from './clock.js';
import { invalid } from './http-problem.js';

const VISIBLE_KEY = /^[\x21-\x7e]{1,200}$/;
const CORRELATION = /^[A-Za-z0-9._:/+=-]{1,128}$/;
/** W3C Trace Context, version 00 and those to come. */
const TRACEPARENT = /^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(-[\x21-\x7e]{0,200})?$/;
const ENTITY_TAG = /^(?:W\/)?"(\d{1,19})"$|^(\d{1,19})$/;

/** What a request asks for. */
export interface AskedFor {
  /** Name of the command. */
  readonly act: string;
  /** The part of the URL that names the thing, or the collection: `projects/`. */
  readonly address: string;
  /** The thing, as the URL or the body names it: `projects/mill`. */
  readonly thing: string;
}

/** As much of a request as says who, when and why. */
type Asking = Pick<SignedInRequest, 'headers' | 'actor' | 'id' | 'onBehalfOf' | 'delegation'>;

/** Reads who, when and why of a command from its request. */
@Injectable()
export class CommandMetaReader {
  constructor(private readonly clock: Clock) {}

  /**
   * A person's key for an act is good for one thing: the same again is a retry.
   * @throws InvalidInput when a header cannot be read.
   */
  read(request: Asking, { act, address, thing }: AskedFor): CommandMeta {
    const actor = actorOf(request);
    const now = new Date(this.clock.now()).toISOString();
    const key = idempotencyKey(header(request, 'idempotency-key'));
    const traceparent = traceparentNow() ?? header(request, 'traceparent');
    return {
      commandId: key === null ? randomUUID() : commandId(digest(actor.person, `${act} ${address}`, key)),
      ...(key === null ? {} : { keyUse: { key: digest(actor.person, act, key), thing } }),
      actor,
      onBehalfOf: request.onBehalfOf ?? null,
      ...defined({ delegation: request.delegation }),
      occurredAt: now,
      now,
      correlationId: request.id,
      causationId: null,
      // A trace header that is not well-formed is to be ignored (W3C Trace Context 3.2.2).
      traceparent: traceparent !== undefined && TRACEPARENT.test(traceparent) ? traceparent : null,
      expectedRevision: expectedRevision(header(request, 'if-match')),
    };
  }
}

/** The id of a request: the caller's X-Correlation-Id when it is a plain word and claims no import, else a new one. */
export function correlationId(header: string | string[] | undefined): string {
  const isUsable =
    typeof header === 'string' && CORRELATION.test(header) && !isImported({ correlationId: header });
  return isUsable ? header : randomUUID();
}

function header(request: Pick<Asking, 'headers'>, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : value;
}

function idempotencyKey(value: string | undefined): string | null {
  if (value === undefined) return null;
  if (VISIBLE_KEY.test(value)) return value;
  throw invalid(
    'Idempotency-Key',
    'must be 1 to 200 visible ASCII characters',
    '须为 1 至 200 个可见 ASCII 字符',
  );
}

function digest(person: string, act: string, key: string): string {
  return createHash('sha256')
    .update(JSON.stringify([person, act, key]))
    .digest('hex');
}

/**
 * A key gives the same id for the same person and act, so a retry is found in the stream; without a key every request is
 * new. The form is that of a UUID version 8 (RFC 9562): bits of one's own making.
 */
function commandId(hex: string): string {
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function expectedRevision(header: string | undefined): bigint | null {
  if (header === undefined || header === '*') return null;
  const match = ENTITY_TAG.exec(header.trim());
  const digits = match?.[1] ?? match?.[2];
  if (digits === undefined) {
    throw invalid('If-Match', 'must be one revision, "3"', '须为一个版本号，如 "3"');
  }
  return BigInt(digits);
}
