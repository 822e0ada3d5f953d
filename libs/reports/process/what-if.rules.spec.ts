import { describe, expect, test } from '@jest/globals';
import { proposedProcess, type ProcessChanges, type TemplateDefinition } from '#libs/law/catalogue';
import fc from 'fast-check';
import { type PastMatter, replay } from './what-if.rules.js';

const NO_CHANGES: ProcessChanges = { drop: [], parallel: [], terms: [] };
const waits = (code: string, ...prerequisites: string[]) => ({ code, prerequisites });
const template = (...matters: readonly ReturnType<typeof waits>[]): TemplateDefinition => ({
  code: 'small',
  name: '小型项目',
  nameEn: 'Small',
  stages: [{ name: '立项', lead: null, matters }],
});
const chain = template(
  waits('LX-01'),
  waits('LX-02', 'LX-01'),
  waits('GC-01', 'LX-02'),
  waits('SG-01', 'GC-01'),
);
const went = (
  code: string,
  begun: number,
  ended: number,
  prerequisites: string[],
  clockDays = ended - begun,
) => ({
  code,
  begun,
  ended,
  prerequisites,
  clockDays,
});
/** Ten days each, the next handed in two days after the last was granted. */
const past: readonly PastMatter[] = [
  went('LX-01', 0, 10, []),
  went('LX-02', 12, 22, ['LX-01']),
  went('GC-01', 24, 34, ['LX-02']),
  went('SG-01', 36, 46, ['GC-01']),
];
const noTerm = (code: string): number => {
  throw new Error(`nobody asked for the term of ${code}`);
};
const under = (changes: Partial<ProcessChanges>) =>
  replay(past, proposedProcess(chain, { ...NO_CHANGES, ...changes }), noTerm);

describe('a past project replayed', () => {
  test('against the process it went through: day for day as it was', () => {
    expect(under({})).toEqual({
      actualDays: 46,
      replayedDays: 46,
      savedDays: 0,
      matters: past.map(({ code, begun, ended }) => ({
        code,
        actual: { begun, ended },
        replayed: { begun, ended },
      })),
    });
  });

  test('side by side, each as long after what it waits for as before', () => {
    const { replayedDays, savedDays, matters } = under({ parallel: [['LX-01', 'LX-02', 'GC-01']] });
    expect([replayedDays, savedDays]).toEqual([24, 22]);
    expect(matters.map(({ replayed }) => replayed)).toEqual([
      { begun: 0, ended: 10 },
      { begun: 2, ended: 12 },
      { begun: 2, ended: 12 },
      { begun: 14, ended: 24 },
    ]);
  });

  test('with a matter left out, what waited for it waits for what it waited for', () => {
    const { replayedDays, matters } = under({ drop: ['LX-02'] });
    expect(replayedDays).toBe(34);
    expect(matters.map(({ code, replayed }) => [code, replayed?.begun ?? null])).toEqual([
      ['LX-01', 0],
      ['LX-02', null],
      ['GC-01', 12],
      ['SG-01', 24],
    ]);
  });

  test('with a shorter promise kept: only what the clock counted can be saved, and a longer one costs nothing', () => {
    const term = (code: string, days: number) => ({ code, days, unit: 'working-day' as const });
    expect(under({ terms: [term('LX-01', 4)] }).savedDays).toBe(6);
    expect(under({ terms: [term('LX-01', 10), term('GC-01', 30)] }).savedDays).toBe(0);
    const halfCounted = [went('LX-01', 0, 10, [], 5)];
    const proposal = proposedProcess(template(waits('LX-01')), { ...NO_CHANGES, terms: [term('LX-01', 3)] });
    expect(replay(halfCounted, proposal, noTerm).replayedDays).toBe(8);
  });

  test('with a matter that the past did not have: it takes its term', () => {
    const longer = template(waits('LX-01'), waits('LX-09', 'LX-01'), waits('LX-02', 'LX-09'));
    const found = replay(past.slice(0, 2), proposedProcess(longer, NO_CHANGES), () => 5);
    expect([found.actualDays, found.replayedDays, found.savedDays]).toEqual([22, 27, -5]);
    expect(found.matters.at(-1)).toEqual({ code: 'LX-09', actual: null, replayed: { begun: 10, ended: 15 } });
  });
});

const histories = fc
  .array(
    fc.record({
      begun: fc.nat(60),
      days: fc.nat(40),
      clock: fc.nat(40),
      before: fc.array(fc.nat(9), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((nodes) =>
    nodes.map(({ begun, days, clock, before }, index) =>
      went(
        `M-${index}`,
        begun,
        begun + days,
        index === 0 ? [] : [...new Set(before.map((one) => `M-${one % index}`))],
        Math.min(clock, days),
      ),
    ),
  );
const templateOf = (matters: readonly PastMatter[]) =>
  template(...matters.map(({ code, prerequisites }) => waits(code, ...prerequisites)));

describe('on random histories, in order or not', () => {
  test('the same process saves nothing, and the same question has the same answer', () => {
    fc.assert(
      fc.property(histories, (matters) => {
        const proposal = proposedProcess(templateOf(matters), NO_CHANGES);
        const first = replay(matters, proposal, noTerm);
        expect(first.savedDays).toBe(0);
        for (const { actual, replayed } of first.matters) expect(replayed).toEqual(actual);
        expect(replay(matters, proposal, noTerm)).toEqual(first);
      }),
    );
  });

  test('shorter promises never cost a day, nor do groups side by side where each matter ended after what it waits for', () => {
    fc.assert(
      fc.property(histories, fc.array(fc.nat(7), { maxLength: 5 }), fc.nat(40), (matters, picked, days) => {
        const codes = [...new Set(picked.map((one) => `M-${one % matters.length}`))];
        const terms = codes.map((code) => ({ code, days, unit: 'working-day' as const }));
        const savedOf = (past: readonly PastMatter[], changes: Partial<ProcessChanges>) =>
          replay(past, proposedProcess(templateOf(past), { ...NO_CHANGES, ...changes }), noTerm).savedDays;
        expect(savedOf(matters, { terms })).toBeGreaterThanOrEqual(0);
        expect(savedOf(inOrder(matters), { parallel: [codes] })).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

/** The same history with each matter ending no sooner than what it waits for. */
function inOrder(matters: readonly PastMatter[]): readonly PastMatter[] {
  const ends = new Map<string, number>();
  return matters.map((matter) => {
    const ended = Math.max(matter.ended, ...matter.prerequisites.map((code) => ends.get(code) ?? 0));
    ends.set(matter.code, ended);
    return { ...matter, ended };
  });
}
