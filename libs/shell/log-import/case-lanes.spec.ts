import { describe, expect, test } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import { CaseLanes } from './case-lanes.js';

function makeGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open: () => open() };
}

describe('CaseLanes', () => {
  test('runs lanes side by side, and the work of one lane in order', async () => {
    const lanes = new CaseLanes(100);
    const done: string[] = [];
    const slow = makeGate();
    await lanes.add('a', async () => {
      await slow.opened;
      done.push('a1');
    });
    await lanes.add('a', async () => void done.push('a2'));
    await lanes.add('b', async () => void done.push('b1'));
    await turn();
    expect(done).toEqual(['b1']);
    slow.open();
    await lanes.settle();
    expect(done).toEqual(['b1', 'a1', 'a2']);
    lanes.rethrow();
  });

  test('takes no more than its limit', async () => {
    const lanes = new CaseLanes(3);
    const gate = makeGate();
    let added = 0;
    const adding = (async () => {
      for (; added < 5; added += 1) await lanes.add(`lane ${added}`, () => gate.opened);
    })();
    await turn();
    expect(added).toBe(3);
    gate.open();
    await adding;
    await lanes.settle();
    expect(added).toBe(5);
  });

  test('starts nothing after a fault, and reports the first one', async () => {
    const lanes = new CaseLanes(2);
    const done: string[] = [];
    const fault = new Error('the store went away');
    const gate = makeGate();
    await lanes.add('a', async () => {
      await gate.opened;
      throw fault;
    });
    await lanes.add('a', async () => void done.push('a2'));
    gate.open();
    await expect(lanes.add('b', async () => void done.push('b1'))).rejects.toBe(fault);
    await lanes.settle();
    expect(done).toEqual([]);
    expect(() => lanes.rethrow()).toThrow(fault);
  });
});
