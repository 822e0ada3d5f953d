import { expect, test } from '@jest/globals';
import { type OpenAPIObject } from '@nestjs/swagger';
import { complete } from './complete.js';

/** As Nest's module makes it: JSON. */
const document: OpenAPIObject = JSON.parse(
  JSON.stringify({
    openapi: '3.1.0',
    info: { title: 'T', version: '1' },
    paths: {
      '/things/{id}': {
        get: {
          operationId: 'FindThing',
          summary: '事物 One thing',
          tags: ['Good things 事物'],
          security: [{ bearer: [] }],
          parameters: [
            { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
            { name: 'limit', in: 'query', required: false, schema: { pattern: '^([1-9]\\d{0,2}|1000)$' } },
            { name: 'open', in: 'query', required: false, schema: { enum: ['true', 'false'] } },
          ],
          responses: { 200: { description: '' }, 404: { description: '' } },
        },
      },
      '/things/{id}/closure': {
        post: {
          operationId: 'CloseThing',
          tags: ['Good things 事物'],
          'x-roles': ['window', 'admin'],
          requestBody: {
            content: {
              'application/json': {
                schema: {
                  type: 'object',
                  properties: {
                    reason: { type: 'string', nullable: true, 'x-field-of': 'CloseThing.reason' },
                    kind: { enum: ['a', 'b'], nullable: true, 'x-field-of': 'CloseThing.kind' },
                    stars: { enum: [1, 2], 'x-field-of': 'CloseThing.stars' },
                  },
                },
              },
            },
          },
          responses: { 202: { description: 'Recorded' }, 409: { description: '' } },
        },
      },
    },
  }),
) as OpenAPIObject;

const completed = complete(document, {
  schemas: {
    FindThingAnswer: { type: 'object' },
    ForgottenThing: { type: 'object' },
    Problem: {
      type: 'object',
      properties: { errors: { items: { $ref: '#/components/schemas/FieldProblem' } } },
    },
    FieldProblem: { type: 'object' },
    OpenedApplication: { type: 'object' },
    StageBranch: { type: 'object' },
  },
  fields: { CloseThing: { reason: 'Why it is closed.' }, '*': { kind: 'Which kind.', reason: 'Why.' } },
  operations: { CloseThing: 'It ends here.' },
  examples: {},
});

const refusal = (name: string) => ({ $ref: `#/components/responses/${name}` });

test('22 a query has the schema of its answer, described parameters, and the refusals that it may give', () => {
  expect(completed.paths['/things/{id}']?.get).toEqual({
    operationId: 'FindThing',
    summary: '事物 One thing',
    description: 'Roles: all',
    tags: ['good-things'],
    security: [{ bearer: [] }, { session: [] }],
    parameters: [
      { name: 'id', in: 'path', required: true, schema: { type: 'string' }, description: 'Id of the thing' },
      {
        name: 'limit',
        in: 'query',
        required: false,
        schema: { type: 'integer', minimum: 1, maximum: 1000, default: 50 },
        description: 'Most items of the page',
      },
      {
        name: 'open',
        in: 'query',
        required: false,
        schema: { type: 'boolean' },
        description: 'Only what is still open, or only what has ended',
      },
    ],
    responses: {
      200: {
        description: 'The answer',
        headers: {
          'x-correlation-id': { $ref: '#/components/headers/CorrelationId' },
          etag: { $ref: '#/components/headers/Tag' },
        },
        content: { 'application/json': { schema: { $ref: '#/components/schemas/FindThingAnswer' } } },
      },
      304: refusal('NotModified'),
      400: refusal('BadInput'),
      401: refusal('NotSignedIn'),
      403: refusal('NotYours'),
      404: refusal('NotKnown'),
      414: refusal('AddressTooLong'),
      429: refusal('TooOften'),
      503: refusal('NotNow'),
    },
  });
});

test('22 a command answers a receipt; fields of its body have the comments of the code, and null as a type', () => {
  const operation = completed.paths['/things/{id}/closure']?.post;
  expect(operation?.requestBody).toEqual({
    content: {
      'application/json': {
        schema: {
          type: 'object',
          properties: {
            reason: { type: ['string', 'null'], description: 'Why it is closed.' },
            kind: { type: ['string', 'null'], enum: ['a', 'b', null], description: 'Which kind.' },
            stars: { type: 'integer', enum: [1, 2] },
          },
        },
      },
    },
  });
  expect(Object.keys(operation?.responses ?? {})).toEqual([
    '202',
    '400',
    '409',
    '413',
    '414',
    '415',
    '429',
    '503',
  ]);
  expect(operation?.responses['202']).toEqual({
    description: 'Recorded',
    headers: {
      'x-correlation-id': { $ref: '#/components/headers/CorrelationId' },
      etag: { $ref: '#/components/headers/ETag' },
      'idempotency-replayed': { $ref: '#/components/headers/IdempotencyReplayed' },
    },
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Receipt' } } },
  });
});

test('22 tags are declared, and what several answers share is a component; what no answer has is none', () => {
  expect(completed.tags).toEqual([{ name: 'good-things', description: 'Good things 事物' }]);
  expect(completed.components?.schemas?.['FindThingAnswer']).toEqual({
    type: 'object',
    description: '事物 One thing',
  });
  expect(Object.keys(completed.components?.schemas ?? {}).sort()).toEqual([
    'FieldProblem',
    'FindThingAnswer',
    'OpenedApplication',
    'Problem',
    'Receipt',
    'StageBranch',
  ]);
});

test('22 what a comment says of an operation stands before who may call it', () => {
  expect(completed.paths['/things/{id}/closure']?.post?.description).toBe(
    'It ends here.\n\nRoles: window, admin',
  );
});
