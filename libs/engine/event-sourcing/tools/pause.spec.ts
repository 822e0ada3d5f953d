import { expect, test } from '@jest/globals';
import { pause } from './pause.js';

test('a pause ends at its time, at the signal, and at once when the signal was given before', async () => {
  const signals = [new AbortController(), new AbortController(), new AbortController()] as const;
  await expect(pause(1, signals[0].signal)).resolves.toBeUndefined();
  const endless = pause(null, signals[1].signal);
  signals[1].abort();
  await expect(endless).resolves.toBeUndefined();
  const long = pause(3_600_000, signals[2].signal);
  signals[2].abort();
  await expect(long).resolves.toBeUndefined();
  await expect(pause(null, signals[2].signal)).resolves.toBeUndefined();
});
