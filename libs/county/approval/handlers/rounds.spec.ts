import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ABSENT } from '../core/facts.js';
import { type Stage, STAGES } from '../core/stage.js';
import { at, commands, head, played, WAYS, window } from '../testing/cases.js';
import { roundsOf, roundToSubmit } from './rounds.js';

const FIRST = 'p1-GC-02';
const DAY = '2026-12-01';
const idOf = (index: number) => (index === 0 ? FIRST : `${FIRST}-${index + 1}`);

/** 行政许可法 Art. 38, 69, 70 and 78: after these nothing is granted and nothing is under way. */
const LEFT_NOTHING: readonly Stage[] = ['not-accepted', 'withdrawn', 'revoked', 'recalled', 'cancelled'];

type States = readonly ReturnType<typeof played>['state'][];

/** Streams of a matter's applications, one for each round. */
const logOf = (states: States) => ({
  load: (stream: string) => {
    const index = states.findIndex((_, place) => stream === `application-${idOf(place)}`);
    return Promise.resolve({ state: states[index] ?? ABSENT, revision: null, position: null });
  },
});

test('F18 of random rounds the last one counts, and a new one begins after an end that left nothing', async () => {
  const stages = fc.constantFrom(...STAGES.filter((stage) => stage !== 'absent'));
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...LEFT_NOTHING), { maxLength: 6 }),
      fc.option(stages),
      async (ended, last) => {
        const all = last === null ? ended : [...ended, last];
        const log = logOf(all.map((stage) => played(...WAYS[stage]).state));
        const mayApply = all.every((stage) => LEFT_NOTHING.includes(stage));
        expect(await roundToSubmit(log, FIRST, DAY)).toBe(mayApply ? idOf(all.length) : null);
        const rounds = await roundsOf(log, FIRST, DAY);
        expect(rounds.map(({ application, state }) => [application, state.at])).toEqual(
          all.length === 0 ? [[FIRST, 'absent']] : all.map((stage, index) => [idOf(index), stage]),
        );
      },
    ),
  );
});

test('F18 after a refusal, and after the last day of a permit that ends, and not on it', async () => {
  const toReview = WAYS.accepted;
  const refused = played(...toReview, commands.refuse()).state;
  expect(await roundToSubmit(logOf([refused]), FIRST, DAY)).toBe(`${FIRST}-2`);
  const ends = played(
    ...toReview,
    commands.approve({ validUntil: '2026-12-31', meta: { actor: head } }),
    commands.deliver({ meta: at(window, '2026-11-25T02:00:00.000Z') }),
  ).state;
  expect(await roundToSubmit(logOf([ends]), FIRST, '2026-12-31')).toBe(null);
  expect(await roundToSubmit(logOf([ends]), FIRST, '2027-01-01')).toBe(`${FIRST}-2`);
});
