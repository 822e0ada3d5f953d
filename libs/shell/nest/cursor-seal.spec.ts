import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { InvalidQuery } from '#libs/engine/event-sourcing';
import { CursorSeal } from './cursor-seal.js';

const secret = randomBytes(32);
const seal = new CursorSeal(secret);
const content = '["2026-01-01T00:00:00.000Z","project-of-another"]';
const about = '["/api/v1/projects",{},{},"a","reviewer","water"]';
const cursor = seal.close(content, about);

describe('D20 a sealed cursor', () => {
  test('D20 is opened by every process with the same secret, about the same', () => {
    expect(new CursorSeal(secret).open(cursor, about)).toBe(content);
    expect(seal.close(content, about)).toBe(cursor);
    for (const text of ['', '汉字', 'x'.repeat(5_000)])
      expect(seal.open(seal.close(text, about), about)).toBe(text);
  });

  test('D20 shows nothing of what it is made of', () => {
    const bytes = Buffer.from(cursor, 'base64url').toString('latin1');
    expect([bytes.includes('project'), bytes.includes('2026'), cursor.includes('project')]).toEqual([
      false,
      false,
      false,
    ]);
    expect(seal.close(content, `${about} `)).not.toBe(cursor);
  });

  test('D20 is refused about something else, under another secret, and changed by one bit anywhere', () => {
    const changed = Array.from(
      Buffer.from(cursor, 'base64url'),
      (byte, index, all = [...Buffer.from(cursor, 'base64url')]) => {
        all[index] = byte ^ 1;
        return Buffer.from(all).toString('base64url');
      },
    );
    expect(changed.length).toBeGreaterThan(12 + 16 + content.length - 1);
    for (const other of [
      ...changed,
      '',
      'x',
      cursor.slice(0, -4),
      `${cursor}AAAA`,
      `${cursor}=`,
      ` ${cursor}`,
    ])
      expect(() => seal.open(other, about)).toThrow(InvalidQuery);
    expect(() => seal.open(cursor, about.replace('"a"', '"b"'))).toThrow(InvalidQuery);
    expect(() => new CursorSeal(randomBytes(32)).open(cursor, about)).toThrow(InvalidQuery);
  });
});
