import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from '@jest/globals';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import spectralCore, { type RulesetDefinition } from '@stoplight/spectral-core';
import spectralRulesets from '@stoplight/spectral-rulesets';

type Json = ReturnType<typeof JSON.parse>;

const FILE = new URL('../../../../dist/openapi.json', import.meta.url);

let text: string;
let document: Json;
beforeAll(() => {
  text = readFileSync(FILE, 'utf8');
  document = JSON.parse(text);
});

test("22 Redocly's recommended-strict finds nothing in the document", async () => {
  const config = await createConfig({ extends: ['recommended-strict'] });
  const problems = await lintFromString({ source: text, absoluteRef: FILE.pathname, config });
  expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).toEqual(
    [],
  );
});

test("22 Spectral's rules for OpenAPI find nothing in the document", async () => {
  const spectral = new spectralCore.Spectral();
  spectral.setRuleset({ extends: [[spectralRulesets.oas as RulesetDefinition, 'recommended']] });
  const problems = await spectral.run(document);
  expect(problems.map(({ code, message, path }) => [code, message, path.join('/')])).toEqual([]);
});

test('22 every field of a body and of an answer is described: by its comment, its type, or tools/answers/fields.json', () => {
  expect(undescribedFields()).toEqual([]);
});

test('22 every parameter, header, tag and operation is described', () => {
  const { headers, schemas } = document.components;
  const named = [
    ...operations().flatMap(({ operationId, parameters = [] }) =>
      parameters.map((parameter: Json) => [`${operationId} ${parameter.name}`, parameter]),
    ),
    ...operations().map((operation) => [operation.operationId, operation]),
    ...document.tags.map((tag: Json) => [tag.name, tag]),
    ...Object.entries(headers),
    ...Object.entries(schemas),
  ];
  expect(named.filter(([, { description }]) => !description).map(([name]) => name)).toEqual([]);
});

test('22 every query answers 200 with the component that is named for it', () => {
  const wrong = questions().filter(({ operationId, responses }) => {
    const { content = {} } = responses['200'] ?? {};
    const { $ref } = content['application/json']?.schema ?? {};
    const isOther = !('application/json' in content) && Object.keys(content).length > 0;
    if (Object.keys(responses).some((status) => status.startsWith('3'))) return false;
    return !isOther && $ref !== `#/components/schemas/${operationId}Answer`;
  });
  expect(wrong.map(({ operationId }) => operationId)).toEqual([]);
});

test('22 the words of the field are components', () => {
  const wanted = 'AsOf EventEnvelope FieldProblem Holder Lamp Page Problem Receipt Stage'.split(' ');
  const { schemas } = document.components;
  expect(wanted.filter((name) => !(name in schemas))).toEqual([]);
});

test('22 every command says who may send it, and the act of law that it is where the code cites one', () => {
  for (const operation of operations().filter(({ requestBody }) => requestBody !== undefined)) {
    const { operationId, summary, security = [] } = operation;
    if (security.length > 0)
      expect([operationId, operation['x-roles']]).toEqual([operationId, expect.any(Array)]);
    const [, article] = /\(([^()]+ Art\. [^()]+(?:\([^()]*\)[^()]*)*)\)$/.exec(summary) ?? [];
    expect([operationId, operation['x-article']]).toEqual([operationId, article]);
  }
});

test('22 lists of values have a type, and numbers and truth values of an address are typed as such', () => {
  const untyped: string[] = [];
  walk(document, '#', (schema, place) => {
    if (Array.isArray(schema.enum) && schema.type === undefined) untyped.push(place);
  });
  expect(untyped).toEqual([]);
  const parameters = operations().flatMap(({ parameters: own = [] }) => own);
  // A position is a number that outgrows what programs can count exactly.
  const asText = parameters.filter(
    ({ name, in: place, schema }: Json) =>
      place === 'query' &&
      name !== 'after' &&
      schema.type === 'string' &&
      (/^\^\(?\[?[\d\\]/.test(schema.pattern ?? '') || `${schema.enum}` === 'true,false') &&
      name !== 'region',
  );
  expect(asText).toEqual([]);
  expect(
    parameters.filter(({ name, schema }: Json) => name === 'limit' && schema.default === undefined),
  ).toEqual([]);
});

function operations(): readonly Json[] {
  return Object.values(document.paths as Record<string, Record<string, Json>>).flatMap((item) =>
    Object.values(item),
  );
}

function questions(): readonly Json[] {
  return Object.values(document.paths as Record<string, Record<string, Json>>).flatMap(
    ({ get }) => get ?? [],
  );
}

function undescribedFields(): readonly string[] {
  const found: string[] = [];
  walk(document, '#', (schema, place) => {
    if (typeof schema.properties !== 'object' || place.endsWith('/properties')) return;
    for (const [name, field] of Object.entries<Json>(schema.properties)) {
      const isClear =
        field.description ?? document.components.schemas[field.$ref?.split('/').at(-1)]?.description;
      if (!isClear) found.push(`${place}/${name}`);
    }
  });
  return found;
}

/** Calls `look` with every object of the document. */
function walk(part: Json, place: string, look: (schema: Json, place: string) => void): void {
  if (typeof part !== 'object' || part === null) return;
  if (!Array.isArray(part)) look(part, place);
  for (const [key, value] of Object.entries(part))
    if (key !== 'examples') walk(value, `${place}/${key}`, look);
}
