import { type FieldComments } from './generated.js';
import { completed } from './schema.js';
import { type Schema } from './schema-type.js';

export interface Parameter extends Schema {
  readonly name: string;
  readonly in?: string;
  readonly description?: string;
  readonly schema?: Schema;
}

/** What parameters mean that have no field with a comment. */
const PARAMETERS: { readonly [name: string]: string } = {
  cursor: 'Where the next page begins: `nextCursor` of the page before',
  limit: 'Most items of the page',
  position: 'Position of an event in the log',
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
  key: 'Key projects only, or the others only',
  kind: 'Which kind of thing',
  lamp: 'Colour of the lamp',
  late: 'Only what ended after its promised term, or only what did not',
  open: 'Only what is still open, or only what has ended',
  signal: 'Which signal',
  stage: 'Stage of the case',
  status: 'State of the thing',
  stream: 'Name of a stream of events',
  type: 'Type of event',
};

/** Numbers that an address carries as text, by the expression that checks the text, with what holds when they are left out. */
const NUMBERS: { readonly [pattern: string]: Schema } = {
  '^([1-9]\\d{0,2}|1000)$': { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
  '^([1-9]|[1-4]\\d|50)$': { type: 'integer', minimum: 1, maximum: 50, default: 10 },
  '^[1-9]\\d{0,5}$': { type: 'integer', minimum: 1, maximum: 999_999 },
  '^([1-9]\\d?|1[0-7]\\d|18[0-3])$': { type: 'integer', minimum: 1, maximum: 183 },
};

/** `/api/v1/applications/{id}/timeline`: the id of the application. */
function ofAddress(path: string, { name, in: place }: Parameter): string | undefined {
  const [, things] = place === 'path' ? (new RegExp(`/([a-z-]+)/\\{${name}\\}`).exec(path) ?? []) : [];
  if (things === undefined || !(name === 'id' || name === 'code')) return undefined;
  const thing = things.replace(/ies$/, 'y').replace(/s$/, '').replaceAll('-', ' ');
  return `${name === 'id' ? 'Id' : 'Code'} of the ${thing}`;
}

/** A parameter with its description, and with the type of its value if that is a number or true or false. */
export function completedParameter(path: string, parameter: Parameter, fields: FieldComments): Parameter {
  const { description: ofComment, ...schema } = completed(parameter.schema ?? {}, fields);
  const description =
    parameter.description ??
    (ofComment as string | undefined) ??
    ofAddress(path, parameter) ??
    PARAMETERS[parameter.name];
  const number = parameter.in === 'query' ? NUMBERS[schema['pattern'] as string] : undefined;
  return {
    ...parameter,
    ...(description === undefined ? {} : { description }),
    schema: number ?? schema,
  };
}
