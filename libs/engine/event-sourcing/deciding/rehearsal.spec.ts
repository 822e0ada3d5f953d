import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DeciderRunner } from './decider-runner.js';
import { type Receipt } from './decider.js';
import { Rehearsal, type RehearsedEvent } from './rehearsal.js';
import { type Before } from './runner-hooks.js';
import { RuleViolation, StaleRevision } from '../log/errors.js';
import { type CounterCommand, counterDecider, type CounterState } from '../testing/counter.js';
import { close, open, raise, setUp } from '../testing/runner-harness.js';
import { SpecEventStore } from '../testing/spec-stores.js';

type Run = () => Promise<Receipt>;

/** What a command would record, or its refusal. */
async function tried(run: Run): Promise<readonly RehearsedEvent[] | string> {
  const rehearsal = new Rehearsal();
  try {
    await rehearsal.run(run);
    return rehearsal.events;
  } catch (error) {
    return String(error);
  }
}

/** What it records, or its refusal. */
async function recorded(store: SpecEventStore, run: Run): Promise<readonly RehearsedEvent[] | string> {
  const before = store.events.length;
  try {
    await run();
    return store.events
      .slice(before)
      .map(({ stream, revision, type, version, data }) => ({ stream, revision, type, version, data }));
  } catch (error) {
    return String(error);
  }
}

const command = fc.oneof(
  fc.constant(open),
  fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 3 }).map((by) => (id: string) => raise(id, by)),
  fc.constant(close),
  fc.nat(4).map((pinned) => (id: string) => raise(id, [1], { expectedRevision: BigInt(pinned) })),
);

describe('a rehearsal', () => {
  test('says of every command what it then records, or why it is refused, and stores nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(command, { maxLength: 12 }), async (commands) => {
        const { store, runner, another } = setUp();
        for (const [index, make] of commands.entries()) {
          const through = index % 3 === 0 ? another : runner;
          const end = store.events.length;
          const said = await tried(() => through.run('counter-1', make(`c${index}`)));
          expect(store.events.length).toBe(end);
          expect(await recorded(store, () => through.run('counter-1', make(`c${index}`)))).toEqual(said);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('what one command would record, the next of the same rehearsal finds; the runner forgets it', async () => {
    const { store, runner } = setUp();
    const rehearsal = new Rehearsal();
    const receipt = await rehearsal.run(async () => {
      await runner.run('counter-1', open());
      await runner.run('counter-1', raise('raise', [2, 3]));
      return runner.run('counter-1', close('close'));
    });
    expect([receipt.revision, receipt.replayed]).toEqual([3n, false]);
    expect(rehearsal.events.map(({ type, revision }) => [type, revision])).toEqual([
      ['CounterOpened', 0n],
      ['CounterRaised', 1n],
      ['CounterRaised', 2n],
      ['CounterClosed', 3n],
    ]);
    expect((await rehearsal.run(() => runner.load('counter-1'))).state).toEqual({
      at: 'closed',
      total: 5,
      raised: 2,
    });
    expect((await runner.load('counter-1')).state).toEqual({ at: 'nothing' });
    expect((await rehearsal.another().run(() => runner.load('counter-1'))).state).toEqual({ at: 'nothing' });
    expect(store.events).toEqual([]);
  });

  test('shows what goes before a command, and that it was rehearsed does not bring it about', async () => {
    const closeAtThree: Before<CounterState, CounterCommand> = ({ state }, { type }) =>
      type === 'Raise' && state.at === 'open' && state.raised >= 3 ? close('time') : null;
    const store = new SpecEventStore();
    const runner = new DeciderRunner(store, counterDecider, { before: closeAtThree });
    await runner.run('counter-1', open());
    await runner.run('counter-1', raise('raise', [1, 1, 1]));
    expect(await tried(() => runner.run('counter-1', raise('late', [1])))).toBe(
      String(new RuleViolation('counter-not-open', { counter: 'c1' })),
    );
    expect(store.events.length).toBe(4);
  });

  test('knows a retry and a pinned revision as the runner does', async () => {
    const { store, runner } = setUp();
    await runner.run('counter-1', open());
    expect(await tried(() => runner.run('counter-1', open()))).toEqual([]);
    const stale = raise('stale', [1], { expectedRevision: 7n });
    expect(await tried(() => runner.run('counter-1', stale))).toBe(
      String(new StaleRevision('counter-1', 7n, 0n)),
    );
    expect(store.events.length).toBe(1);
  });

  test('runs next to commands that are recorded, and neither sees the other', async () => {
    const { store, runner } = setUp();
    await runner.run('counter-1', open());
    const [said] = await Promise.all([
      tried(() => runner.run('counter-1', raise('tried', [4]))),
      runner.run('counter-1', raise('real', [2])),
      tried(() => runner.run('counter-1', close('tried too'))),
    ]);
    expect(said).toEqual([
      {
        stream: 'counter-1',
        revision: 1n,
        type: 'CounterRaised',
        version: 1,
        data: { counter: 'c1', by: 4 },
      },
    ]);
    expect((await runner.load('counter-1')).state).toEqual({ at: 'open', total: 2, raised: 1 });
    expect(store.events.map(({ type }) => type)).toEqual(['CounterOpened', 'CounterRaised']);
  });
});
