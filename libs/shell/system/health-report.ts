import { StoreUnavailable } from '#libs/engine/event-sourcing';
import { type SystemRole } from './variables.js';
import { type Engines, type LogReport } from './engines.js';
import { type Heartbeats, type RoleState } from './heartbeats.js';
import { inTime, LATE, SharedQuestion } from './in-time.js';
import { type CanaryReport, type Policies } from './policies.service.js';
import { type Projections } from './projections.service.js';
import { type Readiness } from './readiness.js';

/** How long the read models have to answer for the details: a health check waits for a second. */
const ANSWER_MS = 500;

type MissedSession = { readonly id: string; readonly day: string };
type ReportedPolicies = Pick<Policies, 'status' | 'canary'> & {
  readonly missedSession: () => Promise<MissedSession | null>;
};

export type ReadyWord = 'ready' | 'unready';

/** The health of this process, for probes and operators. */
export class HealthReport {
  private readonly log: SharedQuestion<LogReport | null>;
  private readonly canary: SharedQuestion<CanaryReport>;
  private readonly missedSession: SharedQuestion<MissedSession | null>;

  constructor(
    private readonly readiness: Readiness,
    private readonly engines: Pick<Engines, 'states' | 'log'>,
    private readonly projections: Pick<Projections, 'status'>,
    private readonly policies: ReportedPolicies,
    private readonly heartbeats: Pick<Heartbeats, 'states' | 'missing'>,
    private readonly answerMs = ANSWER_MS,
  ) {
    this.log = new SharedQuestion(() => engines.log());
    this.canary = new SharedQuestion(() => policies.canary());
    this.missedSession = new SharedQuestion(() => policies.missedSession());
  }

  /** Whether requests may come, in a word. */
  async word(): Promise<ReadyWord> {
    const { missing } = await this.state();
    return wordFor(missing);
  }

  /**
   * What is missing, and how everything is that this process depends on. `alarms` call for a person but keep no request
   * away: a silent canary, a joint review session that was not held, an application that a policy cannot act on, a role that
   * no process cares for.
   */
  async details() {
    const [{ missing, engines, projections }, log, canary, missed] = await Promise.all([
      this.state(),
      this.asked(this.log),
      this.asked(this.canary),
      this.asked(this.missedSession),
    ]);
    const policies = this.policies.status();
    const roles = this.heartbeats.states();
    const alarms = [
      ...this.heartbeats.missing().map((role) => alarmOf(role, roles[role])),
      ...(canary?.silent === true ? ['canary silent: the escalation ladder does not run'] : []),
      ...(missed === null ? [] : [`joint review session ${missed.id} was not held on ${missed.day}`]),
      ...policies.flatMap(({ name, faults }) =>
        faults.map(({ subject, message }) => `policy ${name} cannot act on ${subject}: ${message}`),
      ),
    ];
    return { status: wordFor(missing), missing, alarms, engines, log, roles, projections, policies, canary };
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

  /** Null while the read models cannot be asked: then the projections show why. */
  private async asked<Answer>(question: SharedQuestion<Answer>): Promise<Answer | null> {
    try {
      const answer = await inTime(question.ask(), this.answerMs);
      return answer === LATE ? null : answer;
    } catch (error) {
      if (error instanceof StoreUnavailable) return null;
      throw error;
    }
  }
}

function alarmOf(role: SystemRole, state: RoleState): string {
  return state === 'silent'
    ? `role ${role} is silent: the process that had it ended without saying so, or hangs`
    : `role ${role}: no process has it`;
}

function wordFor(missing: readonly string[]): ReadyWord {
  return missing.length === 0 ? 'ready' : 'unready';
}
