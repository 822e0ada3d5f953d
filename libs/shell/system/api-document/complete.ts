import { type OpenAPIObject } from '@nestjs/swagger';
import { PUBLISHED_EXTENSION } from '#libs/shell/nest';
import { type Generated } from './generated.js';
import {
  ALWAYS,
  DRY_RUN_HEADERS,
  isRefusal,
  OF_BODIES,
  RECORDED_HEADERS,
  refusalReference,
  refusals,
} from './responses.js';
import { completed, type Schema } from './schema.js';

const VERBS = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** The parts of an operation that are completed here. */
interface Operation {
  readonly operationId?: string;
  readonly tags?: readonly string[];
  readonly security?: readonly unknown[];
  readonly [PUBLISHED_EXTENSION]?: boolean;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<Record<string, Schema>>;
}

interface Parameter extends Schema {
  readonly name: string;
  readonly description?: string;
  readonly schema?: Schema;
}

/** No licence is given; OpenAPI wants that said. */
const LICENSE = { name: 'All rights reserved', identifier: 'LicenseRef-Zhitong' };

/** What parameters mean that have no field with a comment. */
const PARAMETERS: { readonly [name: string]: string } = {
  id: 'Id of the thing',
  cursor: 'Where the next page begins: `nextCursor` of the page before',
  limit: 'Most items of the page',
  region: 'Code of a region (GB/T 2260); the figures of all that lies in it',
  department: 'Id of a department',
  matter: 'Code of a matter',
  project: 'Id of a project',
  application: 'Id of an application',
  person: 'Id of a person',
  from: 'First day of the span',
  to: 'Last day of the span',
  on: 'The day that is asked about; today when left out',
  actor: 'Id of the person who acted',
  applicant: 'Id of the person who applied',
  campaign: 'One of the campaigns',
  code: 'Which deviation, signal or refusal',
  key: 'Key projects only, or the others only',
  kind: 'Which kind of thing',
  lamp: 'Colour of the lamp',
  late: 'Only what ended after its promised term, or only what did not',
  open: 'Only what is still open, or only what has ended',
  signal: 'Id of a signal',
  stage: 'Stage of the case',
  status: 'State of the thing',
  stream: 'Name of a stream of events',
  type: 'Type of event',
};

/**
 * The document with what the decorators do not say: the schema of every answer, one description of each refusal, comments as
 * descriptions, the dialect of OpenAPI 3.1.
 */
export function complete(document: OpenAPIObject, { schemas, fields }: Generated): OpenAPIObject {
  const paths = Object.fromEntries(
    Object.entries(document.paths as Readonly<Record<string, Readonly<Record<string, unknown>>>>).map(
      ([path, item]) => [
        path,
        Object.fromEntries(
          Object.entries(item).map(([verb, operation]) => [
            verb,
            VERBS.has(verb) ? completedOperation(operation as Operation, { schemas, fields }) : operation,
          ]),
        ),
      ],
    ),
  );
  const tags = new Set(operationsOf(paths).flatMap(({ tags: named = [] }) => named));
  return {
    ...document,
    info: { ...document.info, license: LICENSE },
    paths,
    tags: [...tags].sort().map((name) => ({ name, description: name })),
    components: {
      ...document.components,
      schemas: { ...schemas, Receipt: RECEIPT },
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

function completedOperation(decorated: Operation, generated: Generated): Operation {
  const { [PUBLISHED_EXTENSION]: isPublished, ...rest } = decorated;
  // What is published needs no token, whatever the other operations of its controller need.
  const operation: Operation = isPublished === true ? { ...rest, security: [] } : withSession(rest);
  const { requestBody, parameters = [] } = operation;
  return {
    ...operation,
    parameters: parameters.map((parameter) => completedParameter(parameter, generated)),
    ...(requestBody && { requestBody: completedBody(requestBody, generated) }),
    responses: completedResponses(operation, generated),
  };
}

/** Whatever takes a token takes the session of a browser. */
function withSession(operation: Operation): Operation {
  const { security = [] } = operation;
  return security.length === 0 ? operation : { ...operation, security: [...security, { session: [] }] };
}

function completedParameter(parameter: Parameter, { fields }: Generated): Parameter {
  const { description: ofComment, ...schema } = completed(parameter.schema ?? {}, fields);
  const description =
    parameter.description ?? (ofComment as string | undefined) ?? PARAMETERS[parameter.name];
  const isLimit = parameter.name === 'limit';
  return {
    ...parameter,
    ...(description === undefined ? {} : { description }),
    schema: isLimit ? { type: 'integer', minimum: 1, maximum: 1000, default: 50 } : schema,
  };
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

function completedResponses(operation: Operation, { schemas }: Generated): Operation['responses'] {
  const { operationId = '', responses, security, requestBody } = operation;
  const needsToken = security !== undefined && security.length > 0;
  const refused = new Set([
    ...Object.keys(responses).filter(isRefusal),
    ...ALWAYS,
    ...(requestBody === undefined ? [] : OF_BODIES),
    ...(needsToken ? ['401', '403'] : []),
  ]);
  const good = Object.entries(responses).filter(([status]) => !isRefusal(status) && status !== 'default');
  const named = `${operationId}Answer`;
  const answers =
    named in schemas
      ? (good.length === 0 ? [['200', {}] as const] : good.slice(0, 1)).map(
          ([status, response]) => [status, answered(response, named)] as const,
        )
      : good.map(([status, response]) => [status, ofCommand(status, response)] as const);
  return {
    ...Object.fromEntries(answers),
    // Of what a query answers, the tag may be the one that the caller has.
    ...(requestBody === undefined && answers.some(([status]) => status === '200')
      ? { 304: { $ref: '#/components/responses/NotModified' } }
      : {}),
    ...Object.fromEntries([...refused].sort().map((each) => [each, refusalReference(each)])),
  };
}

/** A command is recorded, or says what it would record; what answers without a body has no type. */
function ofCommand(status: string, response: Schema): Schema {
  if (isWithoutBody(status)) return response;
  return status === '200'
    ? { ...answered(response, 'DryRun'), headers: DRY_RUN_HEADERS }
    : { ...answered(response, 'Receipt'), headers: RECORDED_HEADERS };
}

/** 204, and what sends the caller elsewhere. */
function isWithoutBody(status: string): boolean {
  return status === '204' || status.startsWith('3');
}

function answered(response: Schema, schema: string): Schema {
  const { description } = response;
  return {
    ...response,
    description: description === undefined || description === '' ? 'The answer' : description,
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  };
}

const TEXT: Schema = { type: 'string' };

/** What a command answers. The gateway adds what a handler says of its command, which has no one type. */
const RECEIPT: Schema = {
  description: 'What a command answers: where its first event is on record.',
  type: 'object',
  properties: {
    id: { ...TEXT, description: 'Id of the thing.' },
    revision: { ...TEXT, description: 'Revision of the thing after the command, for If-Match.' },
    position: { ...TEXT, description: 'Position in the log, for `after`.' },
    applications: {
      description:
        'The applications of a project that was registered; of a stage that was handed in, what became of each.',
      type: 'array',
      items: {
        anyOf: [
          { $ref: '#/components/schemas/OpenedApplication' },
          { $ref: '#/components/schemas/StageBranch' },
        ],
      },
    },
    receiptNumber: { ...TEXT, description: '受理编号, of an acceptance.' },
    decisionNumber: { ...TEXT, description: '决定文号, of a decision.' },
    permit: { ...TEXT, description: '证号, of a decision that grants a permit.' },
    awaits: {
      enum: ['second-person'],
      description: 'The act takes effect when a second person confirms it.',
    },
    proposal: { type: 'integer', description: 'Number of the proposal that a second person confirms.' },
  },
  required: ['id', 'revision', 'position'],
  additionalProperties: false,
};
