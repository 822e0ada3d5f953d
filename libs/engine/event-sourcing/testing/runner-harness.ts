import { DeciderRunner } from '../deciding/decider-runner.js';
import { type DeciderRunnerOptions } from '../deciding/runner-options.js';
import { type CounterCommand, counterDecider, meta } from './counter.js';
import { SpecEventStore } from './spec-stores.js';

export const open = (id = 'open', overrides = {}): CounterCommand => ({
  type: 'Open',
  counter: 'c1',
  group: 'g',
  meta: meta(id, overrides),
});
export const raise = (id: string, by: readonly number[], overrides = {}): CounterCommand => ({
  type: 'Raise',
  counter: 'c1',
  by,
  meta: meta(id, overrides),
});
export const close = (id: string): CounterCommand => ({ type: 'Close', counter: 'c1', meta: meta(id) });

/** A log, a runner over it, and another one as a second process has it. */
export function setUp(options: DeciderRunnerOptions = {}) {
  const store = new SpecEventStore();
  const runner = () => new DeciderRunner(store, counterDecider, { backOffMs: 1, ...options });
  return { store, runner: runner(), another: runner() };
}
