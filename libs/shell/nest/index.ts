export { Act, HttpCommand, type HttpCommandClass, SentBySystem, actOf, withFields } from './act.js';
export {
  AnyNames,
  AnyText,
  Codes,
  Day,
  EachOnce,
  Ground,
  Instant,
  NAME_RULE,
  Name,
  NameOrBlank,
  Names,
  OptionalDay,
  OptionalDayOrInstant,
  OptionalName,
  OptionalNames,
  OptionalText,
  OptionalWhole,
  SomeOf,
  Text,
  Whole,
} from './fields.js';
export { readText } from './text.js';
export { checkShape } from './body-shape.js';
export { Clock, SystemClock } from './clock.js';
export { EVENT_STORE, LOGGER, MESSAGES, READ_STORE } from './tokens.js';
export { HttpProblem, InvalidInput, invalid, retryLater, unauthenticated } from './http-problem.js';
export { HTTP_MESSAGES, type MessageTable } from './http.messages.js';
export { SaysSomething } from './wordings.js';
export { englishText, idsToName, NameDirectory, type NameTable, NO_NAMES } from './message-text.js';
export {
  ACT_METADATA,
  Authenticator,
  CurrentActor,
  PUBLIC_BODY_LIMIT,
  PUBLIC_METADATA,
  Public,
  Published,
  PUBLISHED_EXTENSION,
  Roles,
  type SignedInRequest,
  THING_METADATA,
  isAboutOneself,
  notFound,
  notYours,
} from './access.js';
export { type ShownToAll } from './published.interceptor.js';
export { RolesGuard } from './roles.guard.js';
export {
  type Credential,
  SESSION_COOKIE,
  bearer,
  cookieOf,
  credentialOf,
  mustBeFromHere,
  showsCredential,
} from './credentials.js';
export { type CheckedProperty, checkedProperties } from './class-metadata.js';
export { bodyReader } from './validate.js';
export { UNKNOWN_FIELD } from './validation.messages.js';
export { FIELD_OF, jsonSchema } from './json-schema.js';
export { CommandMetaReader, correlationId } from './command-meta.js';
export { CommandGateway, commandRoute, idOfUrl } from './command-gateway.js';
export { type AllowedAct, COMMAND_GUARDS, MayI, type Probe } from './may-i.js';
export { type DryRun } from './dry-run.js';
export { prefersDryRun } from './preference.js';
export { commandController, serveCommand } from './command-controller.js';
export { lookup, lookupHandlers, plainHandlers } from './command-handlers.js';
export { type NamedThing, References, RefersTo } from './references.js';
export { Cites, citationOf } from './citations.js';
export { COMMANDS_METADATA, HandlerCheck } from './handler-check.js';
export { type Refusal, problemDetails, refusalOf } from './problem-details.js';
export {
  ProblemDetailsFilter,
  codeAnswered,
  problemDetailsFilter,
  writeWithNames,
} from './problem-details.filter.js';
export { RouteTable } from './route-table.js';
export { withoutSecrets } from './secrets.js';
export { AfterGuard, ReadYourWrites } from './after.guard.js';
export { AnyParameters, ParametersGuard } from './parameters.guard.js';
export { CursorSeal } from './cursor-seal.js';
export { CursorInterceptor } from './cursor.interceptor.js';
export { NestLog, makeLogger } from './logger.js';
export { Metrics } from './metrics.js';
export { AsOf } from './as-of.js';
export { addressOf, type FiguresFrom, restingOn } from './basis.js';
export { type Freshness, freshness } from './freshness.js';
export { OptionalSeveralOf, severalIn } from './several.js';
export { Answers, PastSources, QUERY_SOURCES, type QuerySources, question, report } from './question.js';
export { ApiParameters, ListParameters, pageOf, parametersReader } from './query-parameters.js';
export { MOST_COMPARED_DAYS, instantAsked, spanOf, spanWithin, timesBetween } from './query-times.js';
export { IdentifiesPerson } from './personal-fields.js';
export { isKnownTag } from './entity-tag.js';
