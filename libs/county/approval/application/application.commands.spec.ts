import 'reflect-metadata';
import { bodyReader, InvalidInput } from '#libs/shell/nest';
import { expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { AcceptApplication, RequestSupplement } from '../intake/intake.commands.js';

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

test('T5 a one-time notice names a material once, as it is stored', () => {
  const read = bodyReader(RequestSupplement);
  const errorsOf = (...materials: readonly string[]) => {
    try {
      read({ items: materials.map((material) => ({ material, reason: '缺章' })) });
      return [];
    } catch (error) {
      if (error instanceof InvalidInput) return error.errors;
      throw error;
    }
  };
  const twice = { field: 'items', reason: 'must not contain duplicates', reasonZh: '各项不得重复' };
  expect(errorsOf('总平面图', '申请表')).toEqual([]);
  expect(errorsOf('总平面图', '申请表', ' 总平面图\u3000')).toEqual([twice]);
  expect(errorsOf('e\u0301', '\u00e9')).toEqual([twice]);
});
