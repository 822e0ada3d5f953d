import { RateService } from '#libs/county/approval/http';
import { type WorkingCalendar } from '#libs/law/calendar';
import {
  by,
  type CommandMeta,
  type Receipt,
  RuleViolation,
  StaleRevision,
  systemMeta,
} from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { type SimulatedCommand } from './case-writer.js';
import { countyTemplates } from './county-catalogue.js';
import { type CountyOptions, CountyPlan, type PlannedProject } from './county-plan.js';
import { placeOf, type PlantedBatch, plantBatch } from './planted-batch.js';
import { type ProjectScript, writeProject } from './project-script.js';
import { type CountyTruth, type StalledTruth } from './truth.js';

export interface SimulationDependencies {
  readonly execute: (command: HttpCommand) => Promise<Receipt>;
  readonly calendar: WorkingCalendar;
}

export interface SimulationOptions extends CountyOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (projects: number) => void;
  /**
   * Called with each act that was refused; the rest of its project is left out. Left out: the refusal is
   * thrown, since where nobody else acts every simulated act is lawful.
   */
  readonly onRefused?: (command: HttpCommand, refusal: Error) => void;
}

export interface SimulationReport {
  readonly truth: CountyTruth;
  readonly projects: number;
  readonly applications: number;
  readonly commands: number;
  /** Commands that were on record already. */
  readonly replayed: number;
}

/**
 * Projects under way at once, so that a county of some 120,000 applications has a log in the order of time, as counties
 * have. It bounds memory: a larger county is played in rounds of this many projects, each from its first day to its last.
 */
const PROJECTS_AT_ONCE = 16_384;
/** Commands side by side, each of another project, so that their appends share commits. */
const COMMANDS_AT_ONCE = 256;

/**
 * Plays the life of a county through the real commands: the same seed gives the same commands in the same order, with the
 * same times, whatever the machine. Playing it a second time adds nothing. The catalogue must be loaded.
 * @throws RangeError for too few projects; whatever a command throws, except for refusals where `onRefused` is given
 */
export async function simulateCounty(
  dependencies: SimulationDependencies,
  options: SimulationOptions,
): Promise<SimulationReport> {
  const plan = new CountyPlan(options, dependencies.calendar, await countyTemplates());
  const batch = options.backEntries === true ? plantBatch(plan) : null;
  return new Player(plan, dependencies, options, batch).play();
}

/** One project under way. */
interface Lane {
  readonly script: ProjectScript;
  next: number;
  at: string;
  /** Revision of each application's last act on record, by the application's id. */
  readonly revisions: Map<string, bigint>;
}

class Player {
  /** The projects under way, by the UTC day of their next act. */
  private readonly days = new Map<string, Lane[]>();
  private underWay = 0;
  private readonly stalled: StalledTruth[] = [];
  private projects = 0;
  private applications = 0;
  private commands = 0;
  private replayed = 0;

  constructor(
    private readonly plan: CountyPlan,
    private readonly dependencies: SimulationDependencies,
    private readonly options: SimulationOptions,
    private readonly batch: PlantedBatch | null,
  ) {}

  async play(): Promise<SimulationReport> {
    const planned = this.plan.all();
    for (this.admit(planned); this.underWay > 0; this.admit(planned)) await this.round();
    const { projects, applications, commands, replayed, plan } = this;
    const stalled = [...this.stalled].sort(by(({ project }) => project));
    const backEntries = this.batch === null ? [] : [this.batch.truth];
    return {
      truth: { keyProjects: plan.keyProjects, stalled, backEntries },
      projects,
      applications,
      commands,
      replayed,
    };
  }

  private async round(): Promise<void> {
    while (this.underWay > 0) {
      this.options.signal?.throwIfAborted();
      const wave = this.wave();
      await Promise.all(wave.map((lane) => this.step(lane)));
      for (const lane of wave) this.wait(lane);
      this.options.onProgress?.(this.projects - this.underWay);
    }
  }

  private admit(planned: Iterator<PlannedProject, void>): void {
    while (this.underWay < PROJECTS_AT_ONCE) {
      const { value, done } = planned.next();
      if (done) return;
      const script = writeProject(this.plan, value);
      this.projects += 1;
      this.applications += script.applications;
      if (script.stalled) this.stalled.push(script.stalled);
      this.underWay += 1;
      this.wait({ script, next: 0, at: script.commands[0]?.at ?? '', revisions: new Map() });
    }
  }

  /** Puts a project to the day of its next act; one without any is over. */
  private wait(lane: Lane): void {
    if (lane.next >= lane.script.commands.length) {
      this.underWay -= 1;
      return;
    }
    const day = lane.at.slice(0, 10);
    const lanes = this.days.get(day);
    if (lanes) lanes.push(lane);
    else this.days.set(day, [lane]);
  }

  /**
   * The projects whose turn it is: the earliest of the earliest day. So the log of a round is in the order of time, to the
   * hour.
   */
  private wave(): readonly Lane[] {
    const day = [...this.days.keys()].reduce((first, other) => (other < first ? other : first));
    const lanes = (this.days.get(day) ?? []).sort(
      by(
        ({ at }) => at,
        ({ script }) => script.project,
      ),
    );
    const wave = lanes.splice(0, COMMANDS_AT_ONCE);
    if (lanes.length === 0) this.days.delete(day);
    return wave;
  }

  private async step(lane: Lane): Promise<void> {
    const { script, next } = lane;
    const simulated = script.commands[next];
    if (!simulated) return;
    const { command } = simulated;
    command.meta = this.meta(script.project, next, simulated);
    if (command instanceof RateService) command.revision = Number(lane.revisions.get(command.id));
    const receipt = await this.recorded(command);
    if (receipt === null) {
      lane.next = script.commands.length;
      return;
    }
    const { revision, replayed } = receipt;
    lane.revisions.set(command.id, revision);
    this.commands += 1;
    if (replayed) this.replayed += 1;
    lane.next = next + 1;
    lane.at = script.commands[lane.next]?.at ?? '';
  }

  /** Null when the act is refused, since a person has acted in the meantime. */
  private async recorded(command: HttpCommand): Promise<Receipt | null> {
    const { onRefused } = this.options;
    try {
      return await this.dependencies.execute(command);
    } catch (error) {
      if (onRefused === undefined || !isRefusal(error)) throw error;
      onRefused(command, error);
      return null;
    }
  }

  private meta(project: string, place: number, { at, recordedAt, actor }: SimulatedCommand): CommandMeta {
    const now = this.batch?.recordedAt.get(placeOf(project, place)) ?? recordedAt;
    return systemMeta({
      ...{ commandId: `simulation/${project}/${place}`, correlationId: `simulation/${this.plan.seed}` },
      ...{ actor, occurredAt: at, now },
    });
  }
}

const isRefusal = (error: unknown): error is Error =>
  error instanceof RuleViolation || error instanceof StaleRevision;
