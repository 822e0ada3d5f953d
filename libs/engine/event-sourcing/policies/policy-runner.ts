import { inSpan } from '../tools/spans.js';
import { StoreUnavailable } from '../log/errors.js';
import { groupedBy } from '../tools/grouped-by.js';
import { pause } from '../tools/pause.js';
import { type BackOff, waitAfter } from '../tools/retry.js';
import { type DueWork, type Policy, type PolicyFault, type PolicyStatus } from './policy.js';

export interface PolicyRunnerOptions {
  /** ISO instant of the server's clock. */
  readonly now: () => string;
  /** Resolves to true once the index that policies read has folded the log up to a position; to false when that takes too long. */
  readonly reached: (position: bigint) => Promise<boolean>;
  /** How often it looks for due work, in milliseconds. Default 1,000. */
  readonly everyMs?: number;
  /** Milliseconds before a subject at fault is tried again: first and longest time. Default 5,000 and 3,600,000. */
  readonly backOffMs?: BackOff;
  /** Called for each attempt that failed. */
  readonly onFault?: (fault: PolicyFault) => void;
  /** Called for each task done. */
  readonly onActed?: (policy: string, work: DueWork) => void;
}

/** The state of one policy in this process. It need not survive a restart: the log shows what was done. */
class PolicyState {
  readonly faults = new Map<string, PolicyFault>();
  performed = 0;
  caughtUpAt: string | null = null;
  waitingFor: string | null = null;

  constructor(readonly policy: Policy) {}

  /** Whether a subject at fault has to wait still. */
  waits(subject: string, now: string): boolean {
    const fault = this.faults.get(subject);
    return fault !== undefined && fault.retryAt > now;
  }
}

/**
 * Runs policies: finds what is due, in order of the due instants, and does it. After downtime it works through what fell due in
 * the meantime, in the same order. A subject that fails is retried at growing intervals, while the others go on.
 */
export class PolicyRunner {
  readonly #states: readonly PolicyState[];
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #pass: Promise<void> = Promise.resolve();

  constructor(
    policies: readonly Policy[],
    private readonly options: PolicyRunnerOptions,
  ) {
    this.#states = policies.map((policy) => new PolicyState(policy));
  }

  /** Looks for due work again and again until `stop`. */
  start(): void {
    if (this.#running) throw new Error('the policies were started before');
    this.#running = this.#run();
  }

  /** Finishes the work in hand and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    await this.#pass;
  }

  status(): readonly PolicyStatus[] {
    return this.#states.map(({ policy, caughtUpAt, performed: acted, faults, waitingFor }) => ({
      name: policy.name,
      caughtUpAt,
      acted,
      faults: [...faults.values()],
      waitingFor,
    }));
  }

  /** Does everything that is due now and can be done; passes that overlap run one after the other. */
  catchUp(): Promise<void> {
    this.#pass = this.#pass.then(() => this.#catchUpAll());
    return this.#pass;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.catchUp();
      await pause(this.options.everyMs ?? 1_000, signal);
    }
  }

  async #catchUpAll(): Promise<void> {
    for (const state of this.#states) {
      try {
        state.waitingFor = await this.#catchUp(state);
      } catch (error) {
        // A store that is away, or an index that cannot be read: nothing was skipped, the next pass tries again.
        state.waitingFor = messageOf(error);
      }
    }
  }

  /** Returns what it is waiting for; null when nothing due is left, apart from subjects at fault. */
  async #catchUp(state: PolicyState): Promise<string | null> {
    const done = new Set<string>();
    for (;;) {
      const tasks = await this.#next(state);
      if (tasks === null) {
        state.caughtUpAt = this.options.now();
        return null;
      }
      let last = -1n;
      const failed = new Set<string>();
      for (const together of simultaneous(tasks)) {
        if (this.#stopping.signal.aborted) return 'the process stops';
        const positions = await this.#actTogether(state, together, { done, failed });
        last = positions.reduce((a, b) => (a > b ? a : b), last);
      }
      if (last >= 0n && !(await this.options.reached(last))) return 'read models that lag behind';
    }
  }

  /** The earliest page on which something can be done now; null when there is none. */
  async #next(state: PolicyState): Promise<readonly DueWork[] | null> {
    // One instant for all pages: a store takes a cursor only for the query that gave it out.
    const now = this.options.now();
    let cursor: string | null = null;
    const due = new Set<string>();
    do {
      const page = await state.policy.due(now, cursor);
      for (const { subject } of page.tasks) due.add(subject);
      const tasks = page.tasks.filter(({ subject }) => !state.waits(subject, now));
      if (tasks.length > 0) return tasks;
      cursor = page.nextCursor;
    } while (cursor !== null);
    // Every page was looked at: a subject with nothing due any more has recovered, even if another process did the task.
    for (const subject of state.faults.keys()) if (!due.has(subject)) state.faults.delete(subject);
    return null;
  }

  /**
   * Tasks of one instant, done concurrently, so that a store commits them together; those of one subject one after another.
   * Returns the positions of their outcomes. @throws StoreUnavailable once all have ended
   */
  async #actTogether(
    state: PolicyState,
    tasks: readonly DueWork[],
    { done, failed }: { readonly done: Set<string>; readonly failed: Set<string> },
  ): Promise<readonly bigint[]> {
    const positions: bigint[] = [];
    const subjects = groupedBy(tasks, ({ subject }) => subject);
    const outcomes = await Promise.allSettled(
      [...subjects].map(async ([subject, own]) => {
        for (const work of own) {
          if (failed.has(subject)) return;
          const position = await this.#act(state, work, done);
          if (position === null) failed.add(subject);
          else positions.push(position);
        }
      }),
    );
    for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
    return positions;
  }

  /** Position of the command's outcome; null when it failed. @throws StoreUnavailable */
  async #act(state: PolicyState, work: DueWork, done: Set<string>): Promise<bigint | null> {
    const { policy } = state;
    try {
      if (done.has(work.id)) throw new Error('it was done, and is still due');
      const measured = { 'zhitong.policy': policy.name };
      const receipt = await inSpan('policy', measured, () => policy.perform(work, this.options.now()));
      done.add(work.id);
      state.performed++;
      this.options.onActed?.(policy.name, work);
      return receipt.position;
    } catch (error) {
      if (error instanceof StoreUnavailable) throw error;
      this.#failed(state, work, messageOf(error));
      return null;
    }
  }

  #failed({ policy, faults }: PolicyState, { subject, id }: DueWork, message: string): void {
    const backOff = this.options.backOffMs ?? { first: 5_000, longest: 3_600_000 };
    const attempts = (faults.get(subject)?.attempts ?? 0) + 1;
    const retryAt = new Date(Date.parse(this.options.now()) + waitAfter(attempts, backOff)).toISOString();
    const fault: PolicyFault = { policy: policy.name, subject, work: id, message, attempts, retryAt };
    faults.set(subject, fault);
    this.options.onFault?.(fault);
  }
}

/** Works that fell due at the same instant, in order of the instants. */
function simultaneous(tasks: readonly DueWork[]): readonly (readonly DueWork[])[] {
  return [...groupedBy(tasks, ({ at }) => at).values()];
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
