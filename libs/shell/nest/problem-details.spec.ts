import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { BadRequestException, NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import {
  CommandIdReused,
  EventTooLarge,
  InvalidAppend,
  InvalidQuery,
  LogDamaged,
  OtherLog,
  ReadModelsDamaged,
  RuleViolation,
  StaleRevision,
  StoreFull,
  StoreUnavailable,
  WrongExpectedRevision,
} from '#libs/engine/event-sourcing';
import { HttpProblem, invalid, retryLater, unauthenticated } from './http-problem.js';
import { problemDetails, refusalOf } from './problem-details.js';

const answer = (error: unknown) => {
  const refusal = refusalOf(error);
  return refusal && `${refusal.status} ${refusal.code}`;
};

test('one table from error to status', () => {
  expect(
    [
      new RuleViolation('r', {}, 'state'),
      new RuleViolation('r', {}, 'input'),
      new RuleViolation('r', {}, 'permission'),
      new RuleViolation('r', {}, 'absent'),
      new StaleRevision('s', 1n, 2n),
      new WrongExpectedRevision('s', 1n, 2n),
      new CommandIdReused('c', 's'),
      new StoreUnavailable('lmdb', 'full'),
      new LogDamaged(7n, 's', 'checksum'),
      new ReadModelsDamaged('a document'),
      new OtherLog('it is empty'),
      new EventTooLarge('s', 2, 1),
      new InvalidQuery('no such index'),
      invalid('f', 'r', 'z'),
      unauthenticated(),
      new HttpProblem(403, 'http.wrong-role'),
      retryLater(429, 'sign-in.too-many', 0.2),
      new NotFoundException(),
      new PayloadTooLargeException(),
      new BadRequestException('Unexpected token in JSON'),
      new BadRequestException('?'),
      Object.assign(new Error('type'), { statusCode: 415 }),
      Object.assign(new Error('parameter'), { statusCode: 414 }),
    ].map(answer),
  ).toEqual([
    '409 r',
    '422 r',
    '403 r',
    '404 r',
    '412 command.stale-revision',
    '409 command.conflict',
    '422 command.id-reused',
    '503 store.unavailable',
    '503 store.damaged',
    '503 store.models-damaged',
    '503 store.other-log',
    '413 store.event-too-large',
    '400 query.invalid',
    '400 http.invalid-input',
    '401 http.unauthenticated',
    '403 http.wrong-role',
    '429 sign-in.too-many',
    '404 http.not-found',
    '413 http.too-large',
    '400 http.malformed-json',
    '400 http.bad-request',
    '415 http.unsupported-media-type',
    '414 http.uri-too-long',
  ]);
});

test('an unknown error is a fault of the server', () => {
  expect([new Error('x'), new InvalidAppend('x'), 'text', null, undefined].map(answer)).toEqual(
    Array(5).fill(null),
  );
});

test('headers say when to retry and how to sign in', () => {
  expect(
    [new StoreUnavailable('lmdb', 'full'), retryLater(429, 'x', 0.2), unauthenticated()].map(
      (error) => refusalOf(error)?.headers,
    ),
  ).toEqual([
    { 'retry-after': '2' },
    { 'retry-after': '1' },
    { 'www-authenticate': 'Bearer realm="zhitong"' },
  ]);
});

test('22 what cannot be answered now says when to ask again, damage too', () => {
  const retries = [
    new LogDamaged(7n, 's', 'checksum'),
    new ReadModelsDamaged('a document'),
    new OtherLog('it is empty'),
    new StoreFull('lmdb', 'the disk'),
  ].map((error) => refusalOf(error)?.headers?.['retry-after']);
  expect(retries).toEqual(['300', '300', '300', '30']);
});

test('the body speaks both languages and cites the article', () => {
  const texts = { 'a.b': { zh: '项目 {project} {other}', en: 'Project {project} {other}' } };
  const refusal = refusalOf(new RuleViolation('a.b', { project: 'p' }, 'state', '行政许可法 Art. 32'));
  if (refusal === null) throw new Error('a violation is a refusal');
  expect(problemDetails(refusal, { messages: texts }, '/x', 'zh-CN,en;q=0.5')).toStrictEqual({
    type: 'urn:zhitong:problem:a.b',
    title: 'Conflict',
    status: 409,
    detail: '项目 p {other}',
    instance: '/x',
    code: 'a.b',
    article: '行政许可法 Art. 32',
    params: { project: 'p' },
    messages: { zh: '项目 p {other}', en: 'Project p {other}' },
  });
  expect(problemDetails(refusal, { messages: texts }, '/x', undefined).detail).toBe('Project p {other}');
});

test('the article is printed in the language asked for', () => {
  const refusal = refusalOf(new RuleViolation('a.b', {}, 'state', '行政许可法 Art. 32(4)'));
  if (refusal === null) throw new Error('a violation is a refusal');
  const reference = (article: string) => ({ zh: `zh ${article}`, en: `en ${article}` });
  expect(
    ['zh-CN', 'en', undefined].map(
      (language) => problemDetails(refusal, { messages: {}, reference }, '/x', language).article,
    ),
  ).toEqual(['zh 行政许可法 Art. 32(4)', 'en 行政许可法 Art. 32(4)', 'en 行政许可法 Art. 32(4)']);
});
