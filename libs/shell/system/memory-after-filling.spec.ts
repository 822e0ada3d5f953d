import { beforeEach, expect, test } from '@jest/globals';
import { type ProjectionState, type ProjectionStatus } from '#libs/engine/event-sourcing';
import { MemoryAfterFilling } from './memory-after-filling.js';

let collected: number;
let memory: MemoryAfterFilling;
beforeEach(() => {
  collected = 0;
  memory = new MemoryAfterFilling(() => collected++);
});

const at = (position: bigint | null, state: ProjectionState = 'caught-up'): ProjectionStatus => ({
  name: 'timelines',
  version: 1,
  liveVersion: 1,
  checkpoint: position === null ? null : { position, recordedAt: null },
  log: null,
  state,
  fault: null,
  waitingFor: null,
});

test('is collected once, when all projections have come from far behind to the end', () => {
  memory.note([at(null, 'running'), at(7n, 'running')]);
  memory.note([at(150_000n, 'caught-up'), at(9_999n)]);
  expect(collected).toBe(0);
  memory.note([at(150_000n), at(150_000n, 'running')]);
  expect(collected).toBe(0);
  memory.note([at(150_000n), at(150_000n)]);
  expect(collected).toBe(1);
  memory.note([at(900_000n), at(900_000n)]);
  expect(collected).toBe(1);
});

test('is left alone by a thread that keeps nothing, and where the log had grown by little', () => {
  memory.note([]);
  memory.note([at(5_000_000n, 'running')]);
  memory.note([at(5_009_999n)]);
  expect(collected).toBe(0);
});

test('can be collected in this engine', () => {
  memory = new MemoryAfterFilling();
  memory.note([at(null, 'running')]);
  expect(() => memory.note([at(10_000n)])).not.toThrow();
});
