import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BSON } from 'mongodb';
import { type Document } from '#libs/engine/event-sourcing';
import { collectionName, fieldName, fromBson, toBson } from './document-codec.js';

describe('a document as BSON', () => {
  test('comes back as it was, whatever its names and however deep its arrays', () => {
    const json = fc.jsonValue({ noUnicodeString: false, depthSize: 'medium' });
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (fields) => {
        const document = { ...(JSON.parse(JSON.stringify(fields)) as object), id: 'a' } as Document;
        expect(fromBson(BSON.deserialize(BSON.serialize(toBson(document)), { useBigInt64: true }))).toEqual(
          document,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('keeps names that mean something to MongoDB from it, and wraps an array inside an array', () => {
    const document = { id: 'a', 'a.b': 1, $set: { '%': [[1], [[2]]] }, 'x\0': null, gone: undefined };
    expect(toBson(document)).toEqual({
      id: 'a',
      'a%2Eb': 1,
      '%24set': { '%25': [{ '%array': [1] }, { '%array': [{ '%array': [2] }] }] },
      'x%00': null,
    });
    expect(fromBson(toBson(document))).toEqual({
      id: 'a',
      'a.b': 1,
      $set: { '%': [[1], [[2]]] },
      'x\0': null,
    });
  });

  test('leaves ordinary documents as they are, to be read by hand', () => {
    const document = { id: 'a', 标题: '道路', counts: { 'Group 1': 3152 }, holders: [{ post: null }] };
    expect(toBson(document)).toEqual(document);
  });

  test('gives each model and index a name of its own', () => {
    expect(['worklist@1', 'a.b', '_live', 'a$b', '中'].map(collectionName)).toEqual([
      'worklist@1',
      'a%2Eb',
      '%5Flive',
      'a%24b',
      '中',
    ]);
    expect(fieldName('by.due')).toBe('by%2Edue');
  });
});
