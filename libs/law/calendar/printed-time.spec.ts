import { expect, test } from '@jest/globals';
import { chineseDateOf, englishTime } from './printed-time.js';

// Beijing is eight hours ahead of UTC the whole year.
test('instants are printed as the times of a day in Beijing; midnight is 24:00 of the day that ends', () => {
  expect(
    [
      '2026-12-03T16:00:00.000Z',
      '2026-12-03T15:59:59.000Z',
      '2026-12-03T16:00:01.000Z',
      '2026-12-03T07:30:00.000Z',
      '2026-12-03T02:00:00.000Z',
      '2026-12-31T16:00:00.000Z',
      '2028-02-28T16:00:00.000Z',
    ].map((instant) => [chineseDateOf(instant), englishTime(instant)]),
  ).toEqual([
    ['2026年12月3日24时', '2026-12-03 24:00 (Beijing time)'],
    ['2026年12月3日23时59分59秒', '2026-12-03 23:59:59 (Beijing time)'],
    ['2026年12月4日0时0分1秒', '2026-12-04 00:00:01 (Beijing time)'],
    ['2026年12月3日15时30分', '2026-12-03 15:30 (Beijing time)'],
    ['2026年12月3日10时', '2026-12-03 10:00 (Beijing time)'],
    ['2026年12月31日24时', '2026-12-31 24:00 (Beijing time)'],
    ['2028年2月28日24时', '2028-02-28 24:00 (Beijing time)'],
  ]);
});

test('days are printed; what is not a day or an instant is left to the caller', () => {
  expect(['2026-12-03', '2026-02-30', '2026-12', 'LX-06', '2026-12-03T16:00:00Z'].map(chineseDateOf)).toEqual(
    ['2026年12月3日', null, null, null, null],
  );
});
