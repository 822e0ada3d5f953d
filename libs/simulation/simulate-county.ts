import { type WorkingCalendar } from '#libs/calendar';
import { type CommandMeta, type Receipt } from '#libs/event-sourcing';
import { type HttpCommand } from '#libs/nest';
import { type SimulatedCommand } from './case-writer.js';
import { countyTemplates } from './county-catalogue.js';
import { type CountyOptions, CountyPlan, type PlannedProject } from './county-plan.js';
import { type ProjectScript, writeProject } from './project-script.js';
import { type CountyTruth, type StalledTruth } from './truth.js';

export interface SimulationDependencies {
  readonly execute: (command: HttpCommand) => Promise<Receipt>;
  readonly calendar: WorkingCalendar;
}

export interface SimulationOptions extends CountyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (projects: number) => void;
}

export interface SimulationReport {
  readonly truth: CountyTruth;
  readonly projects: number;
  readonly applications: number;
  readonly commands: number;
  /** Commands that were on record already. */
  readonly replayed: number;
}

/** Projects under way at once. It bounds memory: a script is written when its project begins, and forgotten at its end. */
const PROJECTS_AT_ONCE = 512;
/** Commands side by side, each of another project, so that their appends share commits. */
const COMMANDS_AT_ONCE = 256;
const DAY_MS = 86_400_000;

/**
 * Plays the life of a county through the real commands: the same seed gives the same commands in the same order, with the
 * same times, whatever the machine. Playing it a second time adds nothing. The catalogue must be loaded.
 * @throws RangeError for too few projects; whatever a command throws, since a simulated act is always lawful
 */
export async function simulateCounty(
  dependencies: SimulationDependencies,
  options: SimulationOptions,
): Promise<SimulationReport> {
  const plan = new CountyPlan(options, dependencies.calendar, await countyTemplates());
  return new Player(plan, dependencies, options).play();
}

/** One project under way. */
interface Lane {
  readonly script: ProjectScript;
  next: number;
  at: string;
}

class Player {
  private readonly lanes: Lane[] = [];
  private readonly stalled: StalledTruth[] = [];
  private projects = 0;
  private applications = 0;
  private commands = 0;
  private replayed = 0;

  constructor(
    private readonly plan: CountyPlan,
    private readonly dependencies: SimulationDependencies,
    private readonly options: SimulationOptions,
  ) {}

  async play(): Promise<SimulationReport> {
    const planned = this.plan.all();
    for (this.admit(planned); this.lanes.length > 0; this.admit(planned)) {
      this.options.signal?.throwIfAborted();
      const wave = this.wave();
      await Promise.all(wave.map((lane) => this.step(lane)));
      this.options.onProgress?.(this.projects - this.lanes.length);
    }
    const { projects, applications, commands, replayed, plan } = this;
    const stalled = [...this.stalled].sort((a, b) => (a.project < b.project ? -1 : 1));
    return { truth: { keyProjects: plan.keyProjects, stalled }, projects, applications, commands, replayed };
  }

  private admit(planned: Iterator<PlannedProject, void>): void {
    for (let index = this.lanes.length - 1; index >= 0; index--) {
      const lane = this.lanes[index];
      if (lane && lane.next >= lane.script.commands.length) this.lanes.splice(index, 1);
    }
    while (this.lanes.length < PROJECTS_AT_ONCE) {
      const { value, done } = planned.next();
      if (done) return;
      const script = writeProject(this.plan, value);
      this.projects += 1;
      this.applications += script.applications;
      if (script.stalled) this.stalled.push(script.stalled);
      this.lanes.push({ script, next: 0, at: script.commands[0]?.at ?? '' });
    }
  }

  /**
   * The projects whose turn it is: those with the earliest next act. A county that is under way all at once is played day
   * by day, so that its log is in the order of time; a larger one goes through its projects in the order of registration.
   */
  private wave(): readonly Lane[] {
    this.lanes.sort((a, b) =>
      a.at < b.at ? -1 : a.at > b.at ? 1 : a.script.project < b.script.project ? -1 : 1,
    );
    const first = this.lanes[0]?.at ?? '';
    const until =
      this.plan.projects > PROJECTS_AT_ONCE ? null : new Date(Date.parse(first) + DAY_MS).toISOString();
    return this.lanes.slice(0, COMMANDS_AT_ONCE).filter(({ at }) => until === null || at < until);
  }

  private async step(lane: Lane): Promise<void> {
    const { script, next } = lane;
    const simulated = script.commands[next];
    if (!simulated) return;
    const { command } = simulated;
    command.meta = this.meta(script.project, next, simulated);
    const { replayed } = await this.dependencies.execute(command);
    this.commands += 1;
    if (replayed) this.replayed += 1;
    lane.next = next + 1;
    lane.at = script.commands[lane.next]?.at ?? '';
  }

  private meta(project: string, place: number, { at, recordedAt, actor }: SimulatedCommand): CommandMeta {
    return {
      commandId: `simulation/${project}/${place}`,
      actor,
      onBehalfOf: null,
      occurredAt: at,
      now: recordedAt,
      correlationId: `simulation/${this.plan.seed}`,
      causationId: null,
      traceparent: null,
      expectedRevision: null,
    };
  }
}
