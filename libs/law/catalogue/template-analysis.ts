import { type TimeLimit } from '#libs/law/calendar';
import { statutoryTermOf } from './matter-clock.js';
import { type MatterDefinition, type TemplateDefinition, type TemplateStage } from './catalogue.events.js';

/** The chain of matters that decides how long a project takes at least. */
export type CriticalPath = {
  /** Codes, first to last. */
  readonly matters: readonly string[];
  readonly workingDays: number;
};

type StageAnalysis = {
  readonly name: string;
  /** Lead department (牵头部门); null where the stage is joint. */
  readonly lead: string | null;
  /** Matters that may run side by side (并联): a group waits for nothing but groups before it, and other stages. */
  readonly parallelGroups: readonly (readonly string[])[];
  readonly steps: number;
  readonly materials: number;
};

/** What a process template asks of a project: days, steps, materials. */
export type TemplateAnalysis = {
  readonly criticalPath: CriticalPath;
  readonly matters: number;
  readonly steps: number;
  readonly materials: number;
  /** Departments that decide in it, joint matters aside. */
  readonly departments: number;
  readonly stages: readonly StageAnalysis[];
  /** Matters that have no limit at all: they count as no day. */
  readonly withoutLimit: readonly string[];
  /** Matters whose limits wait for a person's sign-off (未核实). */
  readonly unverified: readonly string[];
  /** Matters whose limit is in calendar days: five of seven count as worked, rounded up. */
  readonly converted: readonly string[];
};

type Waiting = { readonly code: string; readonly prerequisites: readonly string[] };

/** The promised term, or the statutory one where nothing shorter is promised. */
export const limitOf = ({ promised, ...matter }: Limited): TimeLimit | null =>
  promised ?? statutoryTermOf(matter);

type Limited = Pick<MatterDefinition, 'promised' | 'statutory'> &
  Partial<Pick<MatterDefinition, 'kind' | 'department'>>;

/** A term in working days; of calendar days five of seven count, rounded up. */
export function inWorkingDays({ days, unit }: TimeLimit): number {
  return unit === 'working-day' ? days : Math.ceil((days * 5) / 7);
}

/**
 * Analyses a template with the matters it names. Its prerequisites are acyclic: no other template is published.
 * @throws Error when a matter of it is not among those given
 */
export function analyseTemplate(
  { stages }: TemplateDefinition,
  matters: ReadonlyMap<string, MatterDefinition>,
): TemplateAnalysis {
  const found = (code: string): MatterDefinition => {
    const matter = matters.get(code);
    if (!matter) throw new Error(`matter ${code} is in a template and not in the catalogue`);
    return matter;
  };
  const all = stages.flatMap((stage) => stage.matters);
  const definitions = all.map(({ code }) => found(code));
  const codesWhere = (holds: (matter: MatterDefinition) => boolean) =>
    definitions.filter(holds).map(({ code }) => code);
  const daysOf = (code: string): number => {
    const limit = limitOf(found(code));
    return limit === null ? 0 : inWorkingDays(limit);
  };
  const stepsOf = (of: readonly MatterDefinition[]) => of.reduce((sum, { steps }) => sum + steps.length, 0);
  const materialsOf = (of: readonly MatterDefinition[]) =>
    of.reduce((sum, { materials }) => sum + materials.length, 0);
  const stageOf = (stage: TemplateStage): StageAnalysis => {
    const own = stage.matters.map(({ code }) => found(code));
    return {
      name: stage.name,
      lead: stage.lead,
      parallelGroups: parallelGroups(stage.matters),
      steps: stepsOf(own),
      materials: materialsOf(own),
    };
  };
  return {
    criticalPath: criticalPath(all, daysOf),
    matters: all.length,
    steps: stepsOf(definitions),
    materials: materialsOf(definitions),
    departments: new Set(definitions.flatMap(({ department }) => department ?? [])).size,
    stages: stages.map(stageOf),
    withoutLimit: codesWhere((matter) => limitOf(matter) === null),
    unverified: codesWhere(({ limitsVerified }) => !limitsVerified),
    converted: codesWhere((matter) => limitOf(matter)?.unit === 'calendar-day'),
  };
}

/**
 * The chain of prerequisites with the most working days. Of chains that are as long, the one with more matters, then the
 * one whose codes come first: so the result is unique.
 */
export function criticalPath(matters: readonly Waiting[], daysOf: (code: string) => number): CriticalPath {
  const waiting = new Map(matters.map((matter) => [matter.code, matter.prerequisites]));
  const known = new Map<string, CriticalPath>();
  const pathTo = (code: string): CriticalPath => {
    const cached = known.get(code);
    if (cached) return cached;
    const before = longest((waiting.get(code) ?? []).map(pathTo));
    const path = {
      matters: [...before.matters, code],
      workingDays: before.workingDays + daysOf(code),
    };
    known.set(code, path);
    return path;
  };
  return longest(matters.map(({ code }) => pathTo(code)));
}

const NO_PATH: CriticalPath = { matters: [], workingDays: 0 };

function longest(paths: readonly CriticalPath[]): CriticalPath {
  return paths.reduce((best, path) => (isLonger(path, best) ? path : best), NO_PATH);
}

function isLonger(path: CriticalPath, best: CriticalPath): boolean {
  if (path.workingDays !== best.workingDays) return path.workingDays > best.workingDays;
  if (path.matters.length !== best.matters.length) return path.matters.length > best.matters.length;
  return path.matters.join(' ') < best.matters.join(' ');
}

/** Matters by how many of the same stage come before them: those with as many may run side by side. */
function parallelGroups(matters: readonly Waiting[]): readonly (readonly string[])[] {
  const own = new Map(matters.map((matter) => [matter.code, matter.prerequisites]));
  const known = new Map<string, number>();
  const depthOf = (code: string): number => {
    const cached = known.get(code);
    if (cached !== undefined) return cached;
    const before = (own.get(code) ?? []).filter((prerequisite) => own.has(prerequisite));
    const depth = before.length === 0 ? 0 : Math.max(...before.map(depthOf)) + 1;
    known.set(code, depth);
    return depth;
  };
  const groups: string[][] = [];
  for (const { code } of matters) (groups[depthOf(code)] ??= []).push(code);
  return groups;
}
