import { expect, test } from '@jest/globals';
import { CommitPace } from './commit-pace.js';

/** How many of `commits` commits, each taking this long, were made in the thread. */
function madeHere(pace: CommitPace, commits: number, milliseconds: number): number {
  let here = 0;
  for (let commit = 0; commit < commits; commit += 1) {
    if (!pace.shouldCommitInThread()) continue;
    here += 1;
    pace.recordDuration(milliseconds);
  }
  return here;
}

test('on a fast disk every commit is made here, and a few that are held up change nothing', () => {
  const pace = new CommitPace();
  expect(madeHere(pace, 100, 0.9)).toBe(100);
  expect(madeHere(pace, 4, 120)).toBe(4);
  expect(madeHere(pace, 100, 0.9)).toBe(100);
});

test('on a slow one few are made before they are left to another thread, and one in 257 from then on', () => {
  const pace = new CommitPace();
  expect(madeHere(pace, 20, 8)).toBe(11);
  expect(madeHere(pace, 247, 8)).toBe(0);
  expect(madeHere(pace, 2 * 257, 8)).toBe(2);
});

test('a disk that has become fast is used again after some tries', () => {
  const pace = new CommitPace();
  // Eleven before it is found to be slow, and a hundred tries.
  expect(madeHere(pace, 11 + 100 * 257, 8)).toBe(111);
  expect(madeHere(pace, 12 * 257, 0.3)).toBe(12);
  expect(madeHere(pace, 100, 0.3)).toBe(100);
});

test('while another process writes, every commit is left to another thread', () => {
  const pace = new CommitPace();
  for (let round = 0; round < 10; round += 1) {
    pace.recordOtherWriter();
    expect(madeHere(pace, 100, 0.3)).toBe(0);
  }
  expect(madeHere(pace, 156, 0.3)).toBe(0);
  expect(madeHere(pace, 100, 0.3)).toBe(100);
});

test('with 0 every one is left to another thread', () => {
  expect(madeHere(new CommitPace({ slowMs: 0 }), 300, 0)).toBe(0);
});
