import { StoreUnavailable } from '#libs/event-sourcing';
import { type Engines } from './engines.js';
import { type Policies } from './policies.service.js';
import { type Projections } from './projections.service.js';
import { type Readiness } from './readiness.js';

export type ReadyWord = 'ready' | 'unready';

/** How this process is, for probes and for whoever runs it. */
export class HealthReport {
  constructor(
    private readonly readiness: Readiness,
    private readonly engines: Engines,
    private readonly projections: Projections,
    private readonly policies: Policies,
  ) {}

  /** Whether requests may come, in a word. */
  async word(): Promise<ReadyWord> {
    const { missing } = await this.state();
    return wordFor(missing);
  }

  /**
   * What is missing, and how everything is that this process depends on. `alarms` call for a person but keep no request
   * away: a silent canary, a joint review session that was not held, a case that a policy cannot act on.
   */
  async details() {
    const { missing, engines, projections } = await this.state();
    const canary = await this.asked(() => this.policies.canary());
    const missed = await this.asked(() => this.policies.missedSession());
    const policies = this.policies.status();
    const alarms = [
      ...(canary?.silent === true ? ['canary silent: the escalation ladder does not run'] : []),
      ...(missed === null ? [] : [`joint review session ${missed.id} was not held on ${missed.day}`]),
      ...policies.flatMap(({ name, faults }) =>
        faults.map(({ subject, message }) => `policy ${name} cannot act on ${subject}: ${message}`),
      ),
    ];
    const log = await this.engines.log();
    return { status: wordFor(missing), missing, alarms, engines, log, projections, policies, canary };
  }

  private async state() {
    const projections = this.projections.status().map((one) => ({
      name: one.name,
      state: one.state,
      position: one.checkpoint === null ? null : `${one.checkpoint.position}`,
      log: one.log === null ? null : `${one.log.position}`,
      fault: one.fault === null ? null : one.fault.message,
      waitingFor: one.waitingFor,
    }));
    const faults = projections.filter((one) => one.fault !== null).map((one) => `projection ${one.name}`);
    const engines = await this.engines.states();
    const away = engines.filter((one) => one.away !== null).map((one) => `engine ${one.engine}`);
    return { missing: [...this.readiness.missing, ...away, ...faults], engines, projections };
  }

  /** Null while the read models cannot be asked: then the projections tell why. */
  private async asked<Answer>(question: () => Promise<Answer>): Promise<Answer | null> {
    try {
      return await question();
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }
}

function wordFor(missing: readonly string[]): ReadyWord {
  return missing.length === 0 ? 'ready' : 'unready';
}
