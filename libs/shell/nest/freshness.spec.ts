import { describe, expect, test } from '@jest/globals';
import { asOf } from './freshness.js';

describe('asOf', () => {
  const checkpoint = { position: 41n, recordedAt: '2026-11-24T02:00:00.000Z' };
  const now = '2026-11-24T02:00:05.000Z';

  test('an answer that includes every event is not late, however quiet the log', () => {
    expect(asOf(checkpoint, 41n, now)).toEqual({
      position: '41',
      recordedAt: '2026-11-24T02:00:00.000Z',
      lagMs: 0,
    });
  });

  test('an answer that lacks events is as late as the last event in it', () => {
    expect(asOf(checkpoint, 42n, now)).toEqual({
      position: '41',
      recordedAt: '2026-11-24T02:00:00.000Z',
      lagMs: 5000,
    });
  });

  test('nothing seen yet', () => {
    expect(asOf(null, null, now)).toEqual({ position: null, recordedAt: null, lagMs: 0 });
  });
});
