import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What Prometheus may read. One registry an application, so that two in one process do not meet. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  private readonly commands = new Counter({
    name: 'zhitong_commands_total',
    help: 'Commands by type and outcome (done, replayed, rehearsed, refused, failed)',
    labelNames: ['type', 'outcome'],
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'zhitong_refusals_total',
    help: 'Requests refused, by code',
    labelNames: ['code'],
    registers: [this.registry],
  });
  private readonly appends = new Histogram({
    name: 'zhitong_append_seconds',
    help: 'Time from an append until it was on disk',
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly http = new Histogram({
    name: 'zhitong_http_request_seconds',
    help: 'Time from request to answer',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [this.registry],
  });
  private readonly policyActs = new Counter({
    name: 'zhitong_policy_acts_total',
    help: 'Works that policies of this process did when they fell due',
    labelNames: ['policy'],
    registers: [this.registry],
  });
  private readonly httpSeries = new Map<string, { observe(seconds: number): void }>();

  /** Adds the process's own numbers; left out in tests, where they keep timers alive. */
  observeProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Which engines are there, asked when Prometheus asks. */
  observeEngines(
    states: () => Promise<
      readonly { readonly engine: string; readonly keeps: string; readonly away: string | null }[]
    >,
  ): void {
    new Gauge({
      name: 'zhitong_engine_up',
      help: '1 while the engine that keeps events or documents answers, else 0',
      labelNames: ['engine', 'keeps'],
      registers: [this.registry],
      async collect() {
        for (const { engine, keeps, away } of await states())
          this.set({ engine, keeps }, away === null ? 1 : 0);
      },
    });
  }

  /** Which log there is and its chain of checksums, asked when Prometheus asks. */
  observeLog(
    log: () => Promise<{
      readonly id: string;
      readonly position: string | null;
      readonly head: string | null;
    } | null>,
  ): void {
    new Gauge({
      name: 'zhitong_log_position',
      help: 'Position up to which the chain of checksums of the log has this head',
      labelNames: ['id', 'head'],
      registers: [this.registry],
      async collect() {
        this.reset();
        const { id, position, head } = (await log()) ?? {};
        if (id && position && head) this.set({ id, head }, Number(position));
      },
    });
  }

  /** Room on the disk under the embedded stores, asked when Prometheus asks. */
  observeDisk(
    state: () => {
      readonly freeBytes: number;
      readonly reserveBytes: number;
      readonly refuses: string | null;
    },
  ): void {
    const registers = [this.registry];
    new Gauge({
      name: 'zhitong_disk_free_bytes',
      help: 'Free bytes of the disk under the data',
      registers,
      collect() {
        this.set(state().freeBytes);
      },
    });
    new Gauge({
      name: 'zhitong_disk_reserve_bytes',
      help: 'Bytes of the disk under the data that are never used (DISK_RESERVE)',
      registers,
      collect() {
        this.set(state().reserveBytes);
      },
    });
    new Gauge({
      name: 'zhitong_disk_refuses',
      help: '1 while commands are refused because of the disk: no room beside the reserve, or broken',
      registers,
      collect() {
        this.set(state().refuses === null ? 0 : 1);
      },
    });
  }

  /** How far the slowest projection is behind the log, read when Prometheus asks. */
  observeProjections(lag: () => Promise<{ readonly name: string; readonly events: number }[]>): void {
    new Gauge({
      name: 'zhitong_projection_lag_positions',
      help: 'Positions of the log that a projection has yet to fold',
      labelNames: ['projection'],
      registers: [this.registry],
      async collect() {
        this.reset();
        for (const { name, events } of await lag()) this.set({ projection: name }, events);
      },
    });
  }

  /** Whether a process has each role, read at each scrape. */
  observeRoles(roles: readonly string[], missing: () => readonly string[]): void {
    new Gauge({
      name: 'zhitong_role_silent',
      help: '1 when a process with this role ended without saying so or hangs and no other has it, or nobody keeps the read models',
      labelNames: ['role'],
      registers: [this.registry],
      collect() {
        const without = missing();
        for (const role of roles) this.set({ role }, without.includes(role) ? 1 : 0);
      },
    });
  }

  /** Faults of each policy, how the canary is, and whether a session was missed, read when Prometheus asks. */
  observePolicies(policies: {
    readonly names: readonly string[];
    readonly faults: (name: string) => number;
    readonly canary: () => Promise<{ readonly ageSeconds: number | null; readonly silent: boolean }>;
    readonly missedSession: () => Promise<boolean>;
  }): void {
    new Gauge({
      name: 'zhitong_policy_faults',
      help: 'Subjects that a policy of this process could not act on and will try again',
      labelNames: ['policy'],
      registers: [this.registry],
      collect() {
        for (const policy of policies.names) this.set({ policy }, policies.faults(policy));
      },
    });
    const age = new Gauge({
      name: 'zhitong_canary_age_seconds',
      help: 'Seconds since the escalation ladder last took its daily canary to the top; +Inf when it did not in a week',
      registers: [this.registry],
    });
    new Gauge({
      name: 'zhitong_canary_silent',
      help: '1 when the daily canary did not come home: the escalation ladder does not run',
      registers: [this.registry],
      async collect() {
        const { ageSeconds, silent } = await policies.canary();
        age.set(ageSeconds ?? Infinity);
        this.set(silent ? 1 : 0);
      },
    });
    new Gauge({
      name: 'zhitong_joint_review_missed',
      help: '1 while the last joint review session that was due was not held',
      registers: [this.registry],
      async collect() {
        this.set((await policies.missedSession()) ? 1 : 0);
      },
    });
  }

  policyActed(policy: string): void {
    this.policyActs.inc({ policy });
  }

  command(type: string, outcome: 'done' | 'replayed' | 'rehearsed' | 'refused' | 'failed'): void {
    this.commands.inc({ type, outcome });
  }

  refused(code: string): void {
    this.refusals.inc({ code });
  }

  appended(seconds: number): void {
    this.appends.observe(seconds);
  }

  /** `route` is the pattern, not the address, so that the number of series stays small. */
  answered(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    let series = this.httpSeries.get(key);
    if (series === undefined) {
      series = this.http.labels({ method, route, status: `${status}` });
      this.httpSeries.set(key, series);
    }
    series.observe(seconds);
  }
}
