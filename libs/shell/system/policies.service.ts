import { type Policy, PolicyRunner, type PolicyStatus, type ReadModels } from '#libs/engine/event-sourcing';
import { missedSession, type SessionDocument } from '#libs/county/coordination';
import { lastCanaryHome } from '#libs/county/supervision';
import { type System } from './system.js';

/** A canary is home seconds after midnight; two hours later its absence means that the ladder does not run. */
const SILENCE_MS = 26 * 3_600_000;
/** A new installation has had no canary yet. */
const FIRST_CANARY_MS = 600_000;
/** How long the read models may take to show what a policy did. */
const REACHED_MS = 10_000;

/** When the ladder last proved that it runs. */
export interface CanaryReport {
  /** ISO instant; null when no canary came home in a week. */
  readonly homeAt: string | null;
  readonly ageSeconds: number | null;
  readonly silent: boolean;
}

/** Runs the policies in a process with the role `clock`, and says in every process whether they run somewhere. */
export class Policies {
  private readonly runner: PolicyRunner;
  private readonly models: ReadModels;
  private readonly startedAt: number;

  constructor(
    private readonly system: Pick<System, 'clock' | 'models' | 'projections' | 'metrics' | 'log'>,
    policies: readonly Policy[],
  ) {
    const { clock, models, projections, metrics, log } = system;
    this.models = models;
    this.startedAt = clock.now();
    this.runner = new PolicyRunner(policies, {
      now: () => this.now(),
      reached: (position) => projections.waitFor(position, REACHED_MS),
      onActed: (policy) => metrics.policyActed(policy),
      onFault: (fault) => log.error({ fault }, 'a policy could not act'),
    });
    metrics.observePolicies({
      names: policies.map(({ name }) => name),
      faults: (name) => this.status().find((one) => one.name === name)?.faults.length ?? 0,
      canary: () => this.canary(),
      missedSession: async () => (await this.missedSession()) !== null,
    });
  }

  start(): void {
    this.runner.start();
  }

  stop(): Promise<void> {
    return this.runner.stop();
  }

  /** Does what is due now, once. */
  catchUp(): Promise<void> {
    return this.runner.catchUp();
  }

  status(): readonly PolicyStatus[] {
    return this.runner.status();
  }

  async canary(): Promise<CanaryReport> {
    const now = this.system.clock.now();
    const homeAt = await lastCanaryHome(this.models, this.now());
    const age = homeAt === null ? null : Math.max(0, now - Date.parse(homeAt));
    const silent = age === null ? now - this.startedAt > FIRST_CANARY_MS : age > SILENCE_MS;
    return { homeAt, ageSeconds: age === null ? null : Math.floor(age / 1000), silent };
  }

  /** The last joint review session that was due, if it was not held; null if one was held. */
  missedSession(): Promise<SessionDocument | null> {
    return missedSession(this.models);
  }

  private now(): string {
    return new Date(this.system.clock.now()).toISOString();
  }
}
