import { firstRoundOf } from './application-id.js';
import { type ProjectMatterAdded, type ProjectMatterStruck } from './project-matters.events.js';
import { type OpenedApplication } from './opened-application.js';

/** A matter that does not apply to the project, and why. */
type StruckMatter = Pick<ProjectMatterStruck['data'], 'matter' | 'reason' | 'article'>;

/** Every matter that a project ever had, with all that each waits for, and which of them are struck. */
export type Plan = { readonly all: readonly OpenedApplication[]; readonly struck: readonly StruckMatter[] };

const isStruck = ({ struck }: Plan, matter: string): boolean => struck.some((one) => one.matter === matter);

/** The matters that apply: nothing waits for one that is struck. */
export function applying(plan: Plan): readonly OpenedApplication[] {
  const kept = plan.all.filter(({ matter }) => !isStruck(plan, matter));
  const ids = new Set(kept.map(({ application }) => application));
  return kept.map((one) => ({ ...one, prerequisites: one.prerequisites.filter((id) => ids.has(id)) }));
}

export function withStruck({ all, struck }: Plan, { matter, reason, article }: StruckMatter): Plan {
  return { all, struck: [...struck, { matter, reason, article }] };
}

/** One that was struck comes back as it was; another takes its place at the end of its stage. */
export function withAdded(
  { all, struck }: Plan,
  added: Pick<ProjectMatterAdded['data'], 'opened' | 'before'>,
): Plan {
  const { opened } = added;
  if (all.some(({ matter }) => matter === opened.matter)) {
    return { all, struck: struck.filter(({ matter }) => matter !== opened.matter) };
  }
  return { all: placed(withWaiting(all, added), opened), struck };
}

/** Applications as they are once those before a matter that was added wait for it, in whichever round they are. */
export const withWaiting = <Row extends Pick<OpenedApplication, 'application' | 'prerequisites'>>(
  rows: readonly Row[],
  { before, opened: { application } }: Pick<ProjectMatterAdded['data'], 'before' | 'opened'>,
): readonly Row[] =>
  rows.map((row) =>
    before.includes(firstRoundOf(row.application)) && !row.prerequisites.includes(application)
      ? { ...row, prerequisites: [...row.prerequisites, application] }
      : row,
  );

/** A row at the end of its stage; of a new stage, at the end of all. */
export function placed<Row extends Pick<OpenedApplication, 'stage'>>(
  rows: readonly Row[],
  row: Row,
): readonly Row[] {
  const last = rows.findLastIndex(({ stage }) => stage === row.stage);
  return last < 0 ? [...rows, row] : rows.toSpliced(last + 1, 0, row);
}

/** The usual names of the stages (国办发〔2019〕11号), by the letters of their matters' codes. */
const STAGES: Readonly<Record<string, string>> = {
  LX: '立项用地规划许可',
  GC: '工程建设许可',
  SG: '施工许可',
  JG: '竣工验收',
  SF: '市政公用服务',
};

/** The stage of a matter in a project: that of its like there, else by the usual name. */
export function stageOf(applications: readonly OpenedApplication[], matter: string): string {
  const letters = matter.slice(0, matter.indexOf('-'));
  const like = applications.find((one) => one.matter.startsWith(`${letters}-`));
  return like?.stage ?? STAGES[letters] ?? '其他事项';
}

/** Whether one waits for another, directly or through others. */
export function waitsFor(
  applications: readonly OpenedApplication[],
  application: string,
  other: string,
): boolean {
  const seen = new Set<string>();
  const visit = (id: string): boolean => {
    if (id === other) return true;
    if (seen.has(id)) return false;
    seen.add(id);
    const found = applications.find((one) => one.application === id);
    return found?.prerequisites.some(visit) ?? false;
  };
  return visit(application);
}
