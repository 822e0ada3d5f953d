import { by } from '#libs/engine/event-sourcing';
import { SubmitApplication } from '#libs/county/approval/http';
import { CAMPAIGNS } from '#libs/county/project';
import { DesignateKeyProject, RegisterProject, TagProject } from '#libs/county/project/http';
import { type StallCause } from '#libs/reports';
import { CaseWriter, type SimulatedCommand } from './case-writer.js';
import { type PlannedMatter, type PlannedTemplate } from './county-catalogue.js';
import { type CountyPlan, type PlannedProject } from './county-plan.js';
import { OfficeClock } from './office-clock.js';
import { ordinaryCase, waitingCase } from './ordinary-case.js';
import { canStall, PLANTED_STALLS } from './planted-stalls.js';
import { Random } from './random.js';
import { type StalledTruth } from './truth.js';

/** Everything that happens in one project, in order of time, and what was planted in it. */
export interface ProjectScript {
  readonly project: string;
  readonly applications: number;
  readonly commands: readonly SimulatedCommand[];
  readonly stalled: StalledTruth | null;
}

/** 行政区划代码 of the county and of some of its townships [?]. */
const REGIONS = ['210521', '210521100000', '210521106000', '210521107000', '210521108000'] as const;
const KINDS = [
  '冷库',
  '厂房扩建',
  '污水处理',
  '道路改造',
  '养老中心',
  '物流园',
  '光伏',
  '学校',
  '标准地',
] as const;
const TEMPLATES = [
  ['small', 55],
  ['enterprise-filing', 25],
  ['enterprise-approval', 12],
  ['government-investment', 8],
] as const;

/** Writes one project's script: the same for the same county and place in it, whatever was written before. */
export function writeProject(plan: CountyPlan, planned: PlannedProject): ProjectScript {
  const writer = new ProjectWriter(plan, planned);
  return planned.stall === null ? writer.ordinary() : writer.stalled(planned.stall);
}

class ProjectWriter {
  private readonly random: Random;
  private readonly clock: OfficeClock;
  private readonly registeredAt: string;
  private readonly applicant: string;
  private readonly template: PlannedTemplate;
  private readonly opening: SimulatedCommand[] = [];

  constructor(
    private readonly plan: CountyPlan,
    private readonly planned: PlannedProject,
  ) {
    this.random = new Random(`${plan.seed}/${planned.id}`);
    this.clock = new OfficeClock(plan.calendar, this.random);
    this.registeredAt = this.clock.during(planned.day);
    this.applicant = `company-${this.random.between(1, Math.max(3, Math.floor(plan.projects / 3)))}`;
    const code = this.random.weighted(TEMPLATES);
    const template = plan.templates.get(code);
    if (!template) throw new Error(`data/templates has no ${code}`);
    this.template = template;
    this.open();
  }

  /** Applications follow one another as their prerequisites are granted, until the project rests or is complete. */
  ordinary(): ProjectScript {
    const rests = this.random.chance(0.35);
    const rest = rests ? this.clock.after(this.registeredAt, 10, 200) : this.plan.span.lastStart;
    const last = rest < this.plan.span.lastStart ? rest : this.plan.span.lastStart;
    const ready = new Map<string, string>();
    const cases: CaseWriter[] = [];
    let waiting = rests && this.random.chance(0.6);
    for (const matter of this.template.matters) {
      const start = this.startOf(matter, ready);
      if (start === null || start > last) continue;
      const writer = this.begin(matter, start);
      cases.push(writer);
      // The first application that begins in the project's last weeks is the one its applicant never answers.
      if (waiting && this.clock.after(start, 20, 20) > last) {
        waiting = false;
        waitingCase(writer, this.random);
      } else if (ordinaryCase(writer, this.random) === 'granted') ready.set(matter.code, writer.at);
    }
    return this.script(cases, null);
  }

  /** What the stalled application needs is granted first, unless that is what is missing; then it begins, and stops. */
  stalled(cause: StallCause): ProjectScript {
    const stall = PLANTED_STALLS[cause];
    const candidates = this.random.shuffled(
      this.template.matters.filter((matter) => canStall(matter, stall)),
    );
    for (const matter of candidates) {
      const missing = stall.withoutPrerequisite ? this.random.pick(matter.prerequisites) : null;
      const { cases, ready } = this.prepare(matter, missing);
      const started = this.startOf({ ...matter, prerequisites: without(matter, missing) }, ready);
      if (started === null) continue;
      const writer = this.begin(matter, started);
      const holder = stall.write(writer, this.random);
      if (writer.at > this.plan.span.lastPlanted) continue;
      return this.script([...cases, writer], { project: this.planned.id, cause, holder });
    }
    throw new Error(`${this.planned.id}: no matter of ${this.template.code} can stall by ${cause} in time`);
  }

  /** Grants everything a matter waits for, directly or not, but for one prerequisite and what only that one needs. */
  private prepare(matter: PlannedMatter, missing: string | null) {
    const needed = new Set<string>(without(matter, missing));
    for (const earlier of [...this.template.matters].reverse()) {
      if (needed.has(earlier.code)) earlier.prerequisites.forEach((code) => needed.add(code));
    }
    const cases: CaseWriter[] = [];
    const ready = new Map<string, string>();
    for (const earlier of this.template.matters) {
      if (!needed.has(earlier.code) || earlier.code === missing) continue;
      const start = this.startOf(earlier, ready);
      if (start === null) continue;
      const writer = this.begin(earlier, start);
      granted(writer);
      cases.push(writer);
      ready.set(earlier.code, writer.at);
    }
    return { cases, ready };
  }

  private begin(matter: PlannedMatter, at: string): CaseWriter {
    const { random, clock, applicant } = this;
    const { people } = this.plan;
    return new CaseWriter({ project: this.planned.id, applicant, people, random, clock }, matter, at);
  }

  /** When an application may begin: when the last of its prerequisites was granted; null when one was not. */
  private startOf(
    { prerequisites }: Pick<PlannedMatter, 'prerequisites'>,
    ready: ReadonlyMap<string, string>,
  ): string | null {
    let start = this.registeredAt;
    for (const code of prerequisites) {
      const at = ready.get(code);
      if (at === undefined) return null;
      if (at > start) start = at;
    }
    return start;
  }

  private open(): void {
    const { id, index, key } = this.planned;
    const applicant = this.plan.people.applicant(this.applicant);
    const register = Object.assign(new RegisterProject(), {
      id,
      name: `${this.random.pick(KINDS)}项目第${index + 1}号`,
      template: this.template.code,
      region: this.random.pick(REGIONS),
      investment: `${this.random.between(50, 50_000)}0000.00`,
    });
    this.opening.push({
      at: this.registeredAt,
      recordedAt: this.registeredAt,
      actor: applicant,
      command: register,
    });
    if (key) {
      const leader = this.random.pick(this.plan.people.leaders);
      this.office(Object.assign(new DesignateKeyProject(), { leader, reason: '县重点项目' }));
    }
    if (this.random.chance(0.25)) {
      this.office(Object.assign(new TagProject(), { campaigns: [this.random.pick(CAMPAIGNS)] }));
    }
  }

  private office(command: DesignateKeyProject | TagProject): void {
    const at = this.clock.after(this.registeredAt, 1, 3);
    command.id = this.planned.id;
    this.opening.push({ at, recordedAt: at, actor: this.plan.people.campaignOfficer, command });
  }

  private script(cases: readonly CaseWriter[], stalled: StalledTruth | null): ProjectScript {
    const { until } = this.plan.span;
    const written = [...this.opening, ...cases.flatMap((writer) => writer.commands)];
    // Stable: acts of one application never change places.
    const commands = written.sort(by(({ at }) => at));
    const after = commands.findIndex(({ recordedAt }) => until !== null && recordedAt >= until);
    const played = after === -1 ? commands : commands.slice(0, after);
    const submitted = played.filter(({ command }) => command instanceof SubmitApplication);
    return {
      project: this.planned.id,
      applications: new Set(submitted.map(({ command }) => command.id)).size,
      commands: played,
      stalled,
    };
  }
}

/** The way without any trouble, so that nothing but the planted application shows in a project. */
function granted(writer: CaseWriter): void {
  writer.submit();
  writer.accept();
  writer.assign();
  writer.step();
  writer.complete();
}

const without = ({ prerequisites }: PlannedMatter, missing: string | null): readonly string[] =>
  prerequisites.filter((code) => code !== missing);
