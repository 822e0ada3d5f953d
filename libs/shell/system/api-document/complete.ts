import { type OpenAPIObject } from '@nestjs/swagger';
import { PUBLISHED_EXTENSION } from '#libs/shell/nest';
import { describedAnswers, usedIn } from './components.js';
import { type Example, type Generated } from './generated.js';
import { HEADERS, headersOf } from './headers.js';
import { completedParameter, type Parameter } from './parameters.js';
import { ALWAYS, isRefusal, OF_BODIES, refusalReference, refusals } from './responses.js';
import { completed } from './schema.js';
import { type Schema } from './schema-type.js';
import { tagName, tagsOf } from './tags.js';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete']);
/** Written by `@Roles`. */
const ROLES_EXTENSION = 'x-roles';

/** The parts of an operation that are completed here. */
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly [PUBLISHED_EXTENSION]?: boolean;
  readonly [ROLES_EXTENSION]?: readonly string[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Schema>>;
}

/** No licence is given; OpenAPI wants that said. */
const LICENSE = { name: 'All rights reserved', identifier: 'LicenseRef-Zhitong' };

/**
 * The document with what the decorators do not say: the schema of every answer, one description of each refusal, comments as
 * descriptions, the dialect of OpenAPI 3.1.
 */
export function complete(document: OpenAPIObject, generated: Generated): OpenAPIObject {
  const decorated = document.paths as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const paths = Object.fromEntries(
    Object.entries(decorated).map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(item).map(([verb, operation]) => [
          verb,
          VERBS.has(verb) ? completedOperation(path, operation as Operation, generated) : operation,
        ]),
      ),
    ]),
  );
  const headings = operationsOf(decorated).flatMap(({ tags = [] }) => tags);
  return {
    ...document,
    info: { ...document.info, license: LICENSE },
    paths,
    tags: tagsOf(headings),
    components: {
      ...document.components,
      schemas: usedIn(paths, describedAnswers(generated.schemas, operationsOf(decorated))),
      headers: HEADERS,
      responses: refusals() as NonNullable<OpenAPIObject['components']>['responses'] & object,
    },
  };
}

function operationsOf(
  paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly Operation[] {
  return Object.values(paths).flatMap((item) =>
    Object.entries(item).flatMap(([verb, operation]) => (VERBS.has(verb) ? [operation as Operation] : [])),
  );
}

function completedOperation(path: string, decorated: Operation, generated: Generated): Operation {
  const { [PUBLISHED_EXTENSION]: isPublished, security: ofController = [], ...rest } = decorated;
  // What is published needs no token, whatever the other operations of its controller need.
  const security = isPublished === true ? [] : withSession(ofController);
  const operation: Operation = { ...rest, security };
  const { requestBody, parameters = [], tags = [] } = operation;
  return {
    ...operation,
    tags: tags.map(tagName),
    description: descriptionOf(operation, generated),
    parameters: parameters.map((parameter) => completedParameter(path, parameter, generated.fields)),
    ...(requestBody && { requestBody: completedBody(requestBody, generated) }),
    responses: completedResponses(operation, generated),
  };
}

/** Whatever takes a token takes the session of a browser. */
function withSession(security: readonly unknown[]): readonly unknown[] {
  return security.length === 0 ? security : [...security, { session: [] }];
}

/** What the comment in the code says, and who may do it. */
function descriptionOf(operation: Operation, { operations }: Generated): string {
  const { operationId = '', description, security = [], [ROLES_EXTENSION]: roles = [] } = operation;
  const anybody = security.length === 0 ? 'No token is needed' : 'Roles: all';
  const callers = roles.length === 0 ? anybody : `Roles: ${roles.join(', ')}`;
  return [operations[operationId], description ?? callers].filter((part) => part !== undefined).join('\n\n');
}

function completedBody(
  body: NonNullable<Operation['requestBody']>,
  { fields }: Generated,
): Operation['requestBody'] & object {
  const content = Object.entries(body.content).map(
    ([type, { schema, ...rest }]) => [type, { ...rest, schema: completed(schema, fields) }] as const,
  );
  return { ...body, content: Object.fromEntries(content) };
}

/** Statuses of answers that hold what was asked for. */
const WITH_CONTENT = new Set(['200', '201', '202', '203']);

const NOT_MODIFIED = { $ref: '#/components/responses/NotModified' };

/** Statuses of answers that send the caller elsewhere. */
const REDIRECTS = new Set(['302', '303', '307']);

function completedResponses(operation: Operation, generated: Generated): Operation['responses'] {
  const { responses, security = [], requestBody } = operation;
  const refused = new Set([
    ...Object.keys(responses).filter(isRefusal),
    ...ALWAYS,
    ...(requestBody === undefined ? [] : OF_BODIES),
    ...(security.length > 0 ? ['401', '403'] : []),
  ]);
  const declared = Object.entries(responses).filter(([status]) => !isRefusal(status) && status !== 'default');
  const hasContent = declared.some(([status]) => status.startsWith('2'));
  const isQuestion = requestBody === undefined;
  const isElsewhere = declared.some(([status]) => REDIRECTS.has(status));
  const good: typeof declared = hasContent || isElsewhere ? declared : [['200', {}], ...declared];
  return {
    ...Object.fromEntries(
      good.map(([status, response]) => [status, completedAnswer(operation, status, response, generated)]),
    ),
    // Of what a question answers, the tag may be the one that the caller has.
    ...(isQuestion && good.some(([status]) => status === '200') ? { 304: NOT_MODIFIED } : {}),
    ...Object.fromEntries([...refused].sort().map((each) => [each, refusalReference(each)])),
    // Without an answer of its own the rules for documents want one said in general.
    ...(isElsewhere && !hasContent ? { default: refusalReference('default') } : {}),
  };
}

/** An answer with its headers and, unless its decorator gives another content, with the schema of what its method returns. */
function completedAnswer(
  { operationId = '', requestBody }: Operation,
  status: string,
  { description, headers, content, ...response }: Schema,
  { schemas, examples }: Generated,
): Schema {
  const named = `${operationId}Answer`;
  const isTagged = requestBody === undefined && status === '200';
  const { schema, headers: own } =
    named in schemas || (requestBody === undefined && content !== undefined)
      ? { schema: named, headers: isTagged ? headersOf('Tag') : {} }
      : ofCommand(status);
  const answer = {
    ...response,
    description: description === undefined || description === '' ? 'The answer' : description,
    headers: { ...headersOf('CorrelationId'), ...own, ...(headers as Schema | undefined) },
  };
  if (content !== undefined) return { ...answer, content };
  if (!WITH_CONTENT.has(status)) return answer;
  const json = { schema: { $ref: `#/components/schemas/${schema}` } };
  const example = status === '200' ? examples[operationId] : undefined;
  const shown = example === undefined ? json : { ...json, examples: { sample: ofSample(example) } };
  return { ...answer, content: { 'application/json': shown } };
}

/** Long lists are cut short. */
function ofSample({ as, path, answer }: Example): Schema {
  return { summary: `The sample log, asked for ${path} by ${as}; lists begin so`, value: answer };
}

/** A command is recorded, or says what it would record. */
function ofCommand(status: string): { readonly schema: string; readonly headers: Schema } {
  if (status === '200') return { schema: 'DryRun', headers: headersOf('PreferenceApplied') };
  const location = status === '201' || REDIRECTS.has(status) ? headersOf('Location') : {};
  const recorded = WITH_CONTENT.has(status) ? headersOf('ETag', 'IdempotencyReplayed') : {};
  return { schema: 'Receipt', headers: { ...recorded, ...location } };
}
