import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AcceptApplication, RequestSupplement } from './approval.commands.js';

const check = (cls: new () => object, body: object) =>
  validateSync(plainToInstance(cls, body), { whitelist: true, forbidNonWhitelisted: true }).map(
    (e) => e.property,
  );

test('a body may hold the declared fields and no others', () => {
  expect(check(AcceptApplication, { note: 'complete' })).toEqual([]);
  expect(check(AcceptApplication, { note: 3, id: 'x', surprise: 1 })).toEqual(['id', 'surprise', 'note']);
  expect(check(RequestSupplement, { items: [{ material: 'plan', reason: '' }] })).toEqual(['items']);
  expect(Object.assign(plainToInstance(AcceptApplication, {}), { id: 'a' }).type).toBe('AcceptApplication');
});
