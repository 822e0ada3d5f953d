import { describe, expect, test } from '@jest/globals';
import { DeciderRunner } from './decider-runner.js';
import { type Before } from './runner-hooks.js';
import { RuleViolation, StaleRevision } from '../log/errors.js';
import { type CounterCommand, counterDecider, type CounterState } from '../testing/counter.js';
import { close, open, raise } from '../testing/runner-harness.js';
import { SpecEventStore } from '../testing/spec-stores.js';

/** Counters that time closes once they have been raised three times, whether or not anybody came to say so. */
const closeAtThree: Before<CounterState, CounterCommand> = ({ state }, { type }) =>
  type === 'Raise' && state.at === 'open' && state.raised >= 3 ? close('time') : null;

function setUp(before: Before<CounterState, CounterCommand> = closeAtThree) {
  const store = new SpecEventStore();
  const runner = () => new DeciderRunner(store, counterDecider, { backOffMs: 1, before });
  const types = () => store.events.map(({ type }) => type);
  return { store, types, runner: runner(), another: runner() };
}

const THREE = ['CounterOpened', 'CounterRaised', 'CounterRaised', 'CounterRaised'];

describe('what has come about before a command', () => {
  test('goes on record first, and stays there when the command is refused', async () => {
    const { types, runner } = setUp();
    await runner.run('counter-1', open());
    await runner.run('counter-1', raise('raise', [1, 1, 1]));
    expect(types()).toEqual(THREE);
    await expect(runner.run('counter-1', raise('late', [1]))).rejects.toThrow(
      new RuleViolation('counter-not-open', { counter: 'c1' }),
    );
    expect(types()).toEqual([...THREE, 'CounterClosed']);
  });

  test('is recorded as its own command, and the command that follows gets its own receipt', async () => {
    const before: Before<CounterState, CounterCommand> = ({ state }, { type }) =>
      type === 'Close' && state.at === 'open' && state.raised === 0 ? raise('time', [5]) : null;
    const { store, runner } = setUp(before);
    await runner.run('counter-1', open());
    const closed = await runner.run('counter-1', close('close'));
    expect(store.events.map(({ type, metadata }) => [type, metadata.commandId])).toEqual([
      ['CounterOpened', 'open'],
      ['CounterRaised', 'time'],
      ['CounterClosed', 'close'],
    ]);
    expect(closed.revision).toBe(2n);
    expect(await runner.run('counter-1', close('close'))).toStrictEqual({ ...closed, replayed: true });
  });

  test('is seen at the end of the stream, past what this process remembers', async () => {
    const { types, runner, another } = setUp();
    await runner.run('counter-1', open());
    await another.load('counter-1');
    await runner.run('counter-1', raise('raise', [1, 1, 1]));
    await expect(another.run('counter-1', raise('late', [1]))).rejects.toThrow(RuleViolation);
    expect(types()).toEqual([...THREE, 'CounterClosed']);
  });

  test('is not asked about where another process has recorded it already', async () => {
    const { types, runner, another } = setUp();
    await runner.run('counter-1', open());
    await runner.run('counter-1', raise('raise', [1, 1, 1]));
    await another.load('counter-1');
    await expect(runner.run('counter-1', raise('late', [1]))).rejects.toThrow(RuleViolation);
    await expect(another.run('counter-1', raise('later', [1]))).rejects.toThrow(RuleViolation);
    expect(types()).toEqual([...THREE, 'CounterClosed']);
  });

  test('is tried once when it comes to nothing', async () => {
    const { types, runner } = setUp(({ state }, { type }) =>
      type === 'Close' && state.at === 'open' ? raise('time', []) : null,
    );
    await runner.run('counter-1', open());
    await runner.run('counter-1', close('close'));
    expect(types()).toEqual(['CounterOpened', 'CounterClosed']);
  });

  test('waits for a command that is pinned to another revision: that one is refused and brings nothing about', async () => {
    const { types, runner } = setUp();
    await runner.run('counter-1', open());
    await runner.run('counter-1', raise('raise', [1, 1, 1]));
    await expect(runner.run('counter-1', raise('late', [1], { expectedRevision: 0n }))).rejects.toThrow(
      StaleRevision,
    );
    expect(types()).toEqual(THREE);
  });
});
