import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Receipt } from '../deciding/decider.js';
import { StoreUnavailable } from '../log/errors.js';
import { type DuePage, type DueWork, type Policy, type PolicyFault } from './policy.js';
import { PolicyRunner, type PolicyRunnerOptions } from './policy-runner.js';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24) + minute * 60_000).toISOString();
const work = (subject: string, minute: number): DueWork => ({
  subject,
  at: at(minute),
  id: `${subject}@${minute}`,
});

/** A log in a list, and an index over what of it was seen. */
class SpecPolicy implements Policy {
  readonly name = 'spec';
  /** Ids of tasks done, in the order of the log. */
  readonly log: string[] = [];
  /** Subjects whose commands fail. */
  readonly broken = new Set<string>();
  /** Works that no command takes out of the index. */
  readonly stuck = new Set<string>();
  away = false;
  asked = 0;

  constructor(
    private readonly tasks: readonly DueWork[],
    private readonly pageSize = 100,
  ) {}

  async due(now: string, cursor: string | null): Promise<DuePage<DueWork>> {
    this.asked++;
    const due = this.tasks
      .filter((one) => one.at < now && (this.stuck.has(one.id) || !this.log.includes(one.id)))
      .sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
    // As a store does, it takes a cursor only for the very query that gave it out.
    const [asked, from] =
      cursor === null ? [now, 0] : [cursor.slice(0, now.length), Number(cursor.slice(now.length))];
    if (asked !== now) throw new Error('the cursor belongs to another query');
    const tasks = due.slice(from, from + this.pageSize);
    return { tasks, nextCursor: from + tasks.length < due.length ? `${now}${from + tasks.length}` : null };
  }

  async perform({ subject, id }: DueWork): Promise<Receipt> {
    if (this.away) throw new StoreUnavailable('spec', 'away');
    if (this.broken.has(subject)) throw new Error(`${subject} is broken`);
    this.log.push(id);
    return { stream: subject, revision: 0n, position: BigInt(this.log.length), replayed: false };
  }
}

class Bench {
  minute = 100;
  readonly faults: PolicyFault[] = [];
  readonly acted: string[] = [];
  readonly runner: PolicyRunner;

  constructor(policies: readonly Policy[], options: Partial<PolicyRunnerOptions> = {}) {
    this.runner = new PolicyRunner(policies, {
      now: () => at(this.minute),
      reached: async () => true,
      backOffMs: { first: 60_000, longest: 180_000 },
      onFault: (fault) => this.faults.push(fault),
      onActed: (policy, { id }) => this.acted.push(`${policy} ${id}`),
      ...options,
    });
  }
}

describe('catching up', () => {
  test('does what is due in order of the due instants, and nothing before its time', async () => {
    const policy = new SpecPolicy([work('b', 20), work('a', 10), work('a', 30), work('c', 101)]);
    const bench = new Bench([policy]);
    await bench.runner.catchUp();
    expect(policy.log).toEqual(['a@10', 'b@20', 'a@30']);
    expect(bench.acted).toEqual(['spec a@10', 'spec b@20', 'spec a@30']);
    expect(bench.runner.status()).toEqual([
      { name: 'spec', caughtUpAt: at(100), acted: 3, faults: [], waitingFor: null },
    ]);
    bench.minute = 102;
    await bench.runner.catchUp();
    expect(policy.log).toEqual(['a@10', 'b@20', 'a@30', 'c@101']);
  });

  test('over any tasks and pages the order is that of the instants, whatever the downtime', async () => {
    const tasks = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(200)), {
      selector: ([, minute]) => minute,
    });
    await fc.assert(
      fc.asyncProperty(
        tasks,
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.nat(80)),
        async (given, pageSize, naps) => {
          const policy = new SpecPolicy(
            given.map(([subject, minute]) => work(subject, minute)),
            pageSize,
          );
          const bench = new Bench([policy]);
          bench.minute = 0;
          for (const nap of [...naps, 400]) {
            bench.minute += nap;
            await bench.runner.catchUp();
          }
          const inOrder = [...given]
            .sort(([, a], [, b]) => a - b)
            .map(([subject, minute]) => `${subject}@${minute}`);
          expect(policy.log).toEqual(inOrder);
        },
      ),
    );
  });

  test('tasks of one instant are done side by side, those of one subject one after the other', async () => {
    const policy = new SpecPolicy([
      work('a', 1),
      work('b', 1),
      { ...work('a', 1), id: 'a again' },
      work('c', 2),
    ]);
    let running = 0;
    let most = 0;
    const act = policy.perform.bind(policy);
    policy.perform = async (one) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return act(one);
    };
    await new Bench([policy]).runner.catchUp();
    expect(policy.log.indexOf('a again')).toBeGreaterThan(policy.log.indexOf('a@1'));
    expect([most, policy.log.at(-1), policy.log.length]).toEqual([2, 'c@2', 4]);
  });

  test('passes that overlap run one after the other', async () => {
    const policy = new SpecPolicy([work('a', 1), work('b', 2)]);
    const bench = new Bench([policy]);
    await Promise.all([bench.runner.catchUp(), bench.runner.catchUp()]);
    expect(policy.log).toEqual(['a@1', 'b@2']);
  });

  test('waits for the index to see what was done before it looks again', async () => {
    const reached: bigint[] = [];
    const policy = new SpecPolicy([work('a', 1), work('b', 2)]);
    const { runner } = new Bench([policy], {
      reached: async (position) => {
        reached.push(position);
        return false;
      },
    });
    await runner.catchUp();
    expect(reached).toEqual([2n]);
    expect(policy.asked).toBe(1);
    expect(runner.status()).toEqual([
      { name: 'spec', caughtUpAt: null, acted: 2, faults: [], waitingFor: 'read models that lag behind' },
    ]);
  });
});

describe('a subject that cannot be acted on', () => {
  const fault = (attempts: number, retryAt: number): PolicyFault => ({
    policy: 'spec',
    subject: 'bad',
    work: 'bad@1',
    message: 'bad is broken',
    attempts,
    retryAt: at(retryAt),
  });

  test('holds up no other subject, is retried at growing intervals, and has recovered when it succeeds', async () => {
    const policy = new SpecPolicy([work('bad', 1), work('good', 2), work('bad', 3), work('good', 4)], 1);
    policy.broken.add('bad');
    const bench = new Bench([policy]);
    await bench.runner.catchUp();
    expect(policy.log).toEqual(['good@2', 'good@4']);
    expect(bench.faults).toEqual([fault(1, 101)]);
    expect(bench.runner.status()[0]?.faults).toEqual([fault(1, 101)]);

    await bench.runner.catchUp();
    expect(bench.faults).toHaveLength(1);
    for (const minute of [101, 103, 106, 109]) {
      bench.minute = minute;
      await bench.runner.catchUp();
    }
    expect(bench.faults).toEqual([fault(1, 101), fault(2, 103), fault(3, 106), fault(4, 109), fault(5, 112)]);

    policy.broken.clear();
    bench.minute = 112;
    await bench.runner.catchUp();
    expect(policy.log).toEqual(['good@2', 'good@4', 'bad@1', 'bad@3']);
    expect(bench.runner.status()[0]?.faults).toEqual([]);
  });

  test('holds up no subject on the following pages either, while time goes on', async () => {
    const policy = new SpecPolicy([work('a', 1), work('b', 2), work('c', 3)], 1);
    policy.broken.add('a').add('b');
    let milliseconds = 0;
    const bench = new Bench([policy], {
      now: () => new Date(Date.parse(at(100)) + milliseconds++).toISOString(),
    });
    await bench.runner.catchUp();
    expect(policy.log).toEqual(['c@3']);
    expect(bench.runner.status().map(({ waitingFor, faults }) => [waitingFor, faults.length])).toEqual([
      [null, 2],
    ]);
  });

  test('is forgotten when another worker did it', async () => {
    const policy = new SpecPolicy([work('bad', 1)]);
    policy.broken.add('bad');
    const bench = new Bench([policy]);
    await bench.runner.catchUp();
    policy.log.push('bad@1');
    await bench.runner.catchUp();
    expect(bench.runner.status()[0]?.faults).toEqual([]);
  });

  test('a work that stays due after it was done is a fault, not a loop', async () => {
    const policy = new SpecPolicy([work('odd', 1), work('good', 2)]);
    policy.stuck.add('odd@1');
    const bench = new Bench([policy]);
    await bench.runner.catchUp();
    expect(policy.log).toEqual(['odd@1', 'good@2']);
    expect(bench.runner.status()[0]?.faults.map(({ subject, message }) => [subject, message])).toEqual([
      ['odd', 'it was done, and is still due'],
    ]);
  });
});

describe('a store that is away', () => {
  test('stops the pass and is not a fault of a subject; another policy goes on', async () => {
    const [first, second] = [new SpecPolicy([work('a', 1)]), new SpecPolicy([work('b', 1)])];
    first.away = true;
    const bench = new Bench([first, second]);
    await bench.runner.catchUp();
    expect([first.log, second.log, bench.faults]).toEqual([[], ['b@1'], []]);
    expect(bench.runner.status()[0]?.waitingFor).toBe('spec: away');
    first.away = false;
    await bench.runner.catchUp();
    expect([first.log, bench.runner.status()[0]?.waitingFor]).toEqual([['a@1'], null]);
  });
});

test('started, it looks by itself until it is stopped', async () => {
  const policy = new SpecPolicy([work('a', 1)]);
  const bench = new Bench([policy], { everyMs: 1 });
  bench.runner.start();
  expect(() => bench.runner.start()).toThrow('started before');
  while (policy.asked < 4) await new Promise((resolve) => setImmediate(resolve));
  await bench.runner.stop();
  const { asked } = policy;
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([policy.log, policy.asked]).toEqual([['a@1'], asked]);
});
