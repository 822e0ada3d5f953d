import { describe, test } from '@jest/globals';
import { type Timer } from '../application/timers.js';
import { at, CASE, commands, head, NOW, played } from '../testing/cases.js';
import { spec, ending, events, refused } from '../testing/permits.js';

describe('the end of a permit', () => {
  const AT = '2027-11-02T16:00:00.000Z';
  const timer = (over: Partial<Extract<Timer, { name: 'permit' }>> = {}): Timer => ({
    name: 'permit',
    cause: 'validity',
    since: NOW,
    lastDay: '2027-11-24',
    article: '行政许可法 Art. 50',
    at: AT,
    ...over,
  });
  const fire = (over: Parameters<typeof timer>[0] = {}) =>
    commands.fire(timer(over), '2027-11-03T01:00:00.000Z');
  const announced = (cause: 'validity' | 'use', lastDay: string, article: string) => ({
    type: 'PermitEndAnnounced' as const,
    version: 1 as const,
    data: { ...CASE, cause, lastDay, article },
  });
  const renewed = commands.renew({ validUntil: '2028-11-24', meta: at(head, '2027-10-08T01:00:00.000Z') });

  test('is announced to its holder once', () => {
    spec
      .given(...played(...ending('2027-11-24')).events)
      .when(fire())
      .then(announced('validity', '2027-11-24', '行政许可法 Art. 50'));
    spec
      .given(...played(...ending('2027-11-24'), fire()).events)
      .when(fire())
      .nothing();
  });

  test('is announced again when the permit was renewed, for its new day', () => {
    const again = { lastDay: '2028-11-24', at: '2028-11-02T16:00:00.000Z' };
    spec
      .given(...played(...ending('2027-11-24'), renewed).events)
      .when(commands.fire(timer(again), '2028-11-03T01:00:00.000Z'))
      .then(announced('validity', '2028-11-24', '行政许可法 Art. 50'));
    spec
      .given(...played(...ending('2027-11-24'), renewed).events)
      .when(fire())
      .nothing();
  });

  test('that comes of not using it counts from its delivery', () => {
    const use = {
      cause: 'use',
      lastDay: '2027-02-24',
      article: '建筑法 Art. 9',
      at: '2027-02-02T16:00:00.000Z',
    } as const;
    spec
      .given(...events())
      .when(fire(use))
      .then(announced('use', '2027-02-24', '建筑法 Art. 9'));
    spec
      .given(...events())
      .when(fire({ ...use, since: '2026-11-25T02:00:00.000Z' }))
      .nothing();
  });

  test('is refused when nothing was granted, or the permit is gone', () => {
    for (const history of [refused(), events(commands.revoke()), events(commands.recall())]) {
      spec
        .given(...history)
        .when(fire({ cause: 'use' }))
        .nothing();
    }
    spec
      .given(...played(commands.submit(), commands.accept()).events)
      .when(fire({ cause: 'use' }))
      .nothing();
  });
});
