import { expect, test } from '@jest/globals';
import { retry, waitAfter } from './retry.js';

const backOff = { first: 1, longest: 2 };

test('each wait is twice the one before it, up to the longest', () => {
  expect([1, 2, 3, 4, 60].map((failures) => waitAfter(failures, { first: 100, longest: 500 }))).toEqual([
    100, 200, 400, 500, 500,
  ]);
});

test('work is repeated until it succeeds or is not worth another try', async () => {
  const fault = new Error('away');
  let tries = 0;
  const thirdTime = async () => {
    if (++tries < 3) throw fault;
    return 'there';
  };
  const seen: unknown[] = [];
  const isWorthIt = (error: unknown, failures: number) => {
    seen.push([error, failures]);
    return failures < 3;
  };
  expect(await retry(thirdTime, { backOff, isWorthIt })).toBe('there');
  expect(seen).toEqual([
    [fault, 1],
    [fault, 2],
  ]);
  await expect(retry(() => Promise.reject(fault), { backOff, isWorthIt })).rejects.toBe(fault);
});

test('the signal ends the waiting', async () => {
  const stopping = new AbortController();
  let tries = 0;
  const never = () => {
    tries += 1;
    stopping.abort();
    return Promise.reject(new Error('away'));
  };
  const options = { backOff: { first: 1e9, longest: 1e9 }, signal: stopping.signal, isWorthIt: () => true };
  expect(await retry(never, options)).toBeNull();
  expect(await retry(never, options)).toBeNull();
  expect(tries).toBe(1);
});
