import { STATUS_CODES } from 'node:http';
import {
  CommandIdReused,
  KeyUsedElsewhere,
  EventTooLarge,
  impossible,
  InvalidQuery,
  type JsonObject,
  LogDamaged,
  OtherLog,
  ReadModelsDamaged,
  RuleViolation,
  StaleRevision,
  StoreFull,
  StoreUnavailable,
  type ViolationKind,
  WrongExpectedRevision,
  defined,
} from '#libs/engine/event-sourcing';
import { HttpException } from '@nestjs/common';
import { type Message, type MessageTable } from './http.messages.js';
import { HttpProblem, InvalidInput, type FieldProblem } from './http-problem.js';
import { chineseText, englishText, NO_NAMES, type NameTable } from './message-text.js';

/** What an error means to a caller; everything but the words. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly params: JsonObject;
  readonly article?: string;
  readonly errors?: readonly FieldProblem[];
  /** How many further problems were found that `errors` leaves out. */
  readonly more?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Of a thing that changed in between, for who may know. */
  readonly changed?: LastChangeFields;
}

/** What changed a thing in between. */
interface LastChangeFields {
  /** Id of the person who changed it last. */
  readonly changedBy: string;
  /** When that was recorded. */
  readonly changedAt: string;
  /** The type of the last event. */
  readonly lastType: string;
}

/** Why something was refused, as RFC 9457 has it. `code`, `params` and `messages` are ours. */
export interface ProblemDetails extends Partial<LastChangeFields> {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** In the language that the caller prefers. */
  readonly detail: string;
  /** What was asked for. */
  readonly instance: string;
  /** Which refusal it is; never changes. */
  readonly code: string;
  /** The article of law that it rests on. */
  readonly article?: string;
  /** What the texts name. */
  readonly params?: JsonObject;
  readonly errors?: readonly FieldProblem[];
  /** How many further problems `errors` leaves out. */
  readonly more?: number;
  readonly messages: Message;
}

/** As RFC 9110 names them: Node still has the older names of two. */
const TITLES: { readonly [status: number]: string | undefined } = {
  ...STATUS_CODES,
  413: 'Content Too Large',
  422: 'Unprocessable Content',
};

/** Seconds before a retry while the disk is full: an operator has to make room. */
const SPACE_RETRY = '30';
/** Seconds before a retry while data are damaged or another's: an operator has to restore them. */
const DAMAGE_RETRY = '300';
/** Seconds after which a caller may ask an engine that was away again. */
const STORE_RETRY = '2';

const DAMAGED = { status: 503, params: {}, headers: { 'retry-after': DAMAGE_RETRY } };

/** Used in a message for what is not known. */
const UNKNOWN = '—';

/** The one table from error to status. null = nothing we know: a fault of ours. */
export function refusalOf(error: unknown): Refusal | null {
  if (error instanceof RuleViolation) {
    return {
      status: statusOfViolation(error.kind),
      code: error.code,
      params: error.params,
      ...(error.article === null ? {} : { article: error.article }),
    };
  }
  if (error instanceof InvalidInput) {
    const { errors, more } = error;
    return { status: 400, code: 'http.invalid-input', params: {}, errors, ...(more > 0 ? { more } : {}) };
  }
  if (error instanceof HttpProblem) {
    return { status: error.status, code: error.code, params: error.params, headers: error.headers };
  }
  if (error instanceof StaleRevision) {
    const params = { pinned: `${error.pinned}`, actual: `${error.actual ?? 'none'}` };
    const { last } = error;
    const changed = last && { changedBy: last.by, changedAt: last.at, lastType: last.type };
    return { status: 412, code: 'command.stale-revision', params, ...(changed && { changed }) };
  }
  if (error instanceof WrongExpectedRevision) return { status: 409, code: 'command.conflict', params: {} };
  if (error instanceof CommandIdReused || error instanceof KeyUsedElsewhere)
    return { status: 422, code: 'command.id-reused', params: {} };
  if (error instanceof EventTooLarge) {
    const params = { bytes: error.bytes, limit: error.limit };
    return { status: 413, code: 'store.event-too-large', params };
  }
  if (error instanceof StoreFull) {
    return { status: 503, code: 'store.space', params: {}, headers: { 'retry-after': SPACE_RETRY } };
  }
  if (error instanceof StoreUnavailable) {
    return { status: 503, code: 'store.unavailable', params: {}, headers: { 'retry-after': STORE_RETRY } };
  }
  if (error instanceof LogDamaged) {
    const params = { position: `${error.position ?? UNKNOWN}`, stream: error.stream ?? UNKNOWN };
    return { ...DAMAGED, code: 'store.damaged', params };
  }
  if (error instanceof ReadModelsDamaged) return { ...DAMAGED, code: 'store.models-damaged' };
  if (error instanceof OtherLog) return { ...DAMAGED, code: 'store.other-log' };
  if (error instanceof InvalidQuery) {
    return { status: 400, code: 'query.invalid', params: { reason: error.message } };
  }
  return frameworkRefusal(error);
}

function statusOfViolation(kind: ViolationKind): number {
  switch (kind) {
    case 'state':
      return 409;
    case 'input':
      return 422;
    case 'permission':
      return 403;
    case 'absent':
      return 404;
    default:
      return impossible(kind);
  }
}

const FRAMEWORK_CODES: { readonly [status: number]: string } = {
  404: 'http.not-found',
  405: 'http.method-not-allowed',
  413: 'http.too-large',
  414: 'http.uri-too-long',
  415: 'http.unsupported-media-type',
};

/** Nest's and Fastify's own refusals: both carry a status, and Fastify's a code of its own. */
function frameworkRefusal(error: unknown): Refusal | null {
  const status = error instanceof HttpException ? error.getStatus() : fastifyStatus(error);
  if (status === null || status < 400 || status >= 500) return null;
  if (status === 400 && isBodyFault(error)) return { status, code: 'http.malformed-json', params: {} };
  return { status, code: FRAMEWORK_CODES[status] ?? 'http.bad-request', params: {} };
}

function fastifyStatus(error: unknown): number | null {
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number'
    ? error.statusCode
    : null;
}

/** JSON.parse fails with a SyntaxError; so does Fastify's guard against `__proto__`. */
function isBodyFault(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return error instanceof SyntaxError || /JSON|prototype/i.test(error.message);
}

/** What people read of a refusal: its texts, the names in them, and the articles of law. */
export interface ProblemTexts {
  readonly messages: MessageTable;
  readonly names?: NameTable;
  /** Prints an article of law as it is cited in Chinese and in English. */
  readonly reference?: (article: string) => Message;
}

/** The body of a refusal, with its message in both languages; `detail` and `article` are in the language asked for. */
export function problemDetails(
  refusal: Refusal,
  { messages: table, names = NO_NAMES, reference = asCited }: ProblemTexts,
  instance: string,
  acceptLanguage: string | undefined,
): ProblemDetails {
  const { code, params, status } = refusal;
  const text = table[code] ?? { zh: code, en: code };
  const messages = { zh: chineseText(text.zh, params, names), en: englishText(text.en, params) };
  const language = acceptLanguage?.trim().toLowerCase().startsWith('zh') ? 'zh' : 'en';
  return {
    type: `urn:zhitong:problem:${code}`,
    title: TITLES[status] ?? 'Error',
    status,
    detail: messages[language],
    instance,
    code,
    ...(refusal.article === undefined ? {} : { article: reference(refusal.article)[language] }),
    ...(Object.keys(params).length > 0 ? { params } : {}),
    ...defined({ errors: refusal.errors, more: refusal.more }),
    ...refusal.changed,
    messages,
  };
}

const asCited = (article: string): Message => ({ zh: article, en: article });
