import { by, allDocuments, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type DepartmentDocument, departments } from './department.projection.js';

export type DepartmentPage = { readonly limit: number; readonly cursor?: string | null };

/** Departments by id, those that were succeeded too. */
export async function listDepartments(
  models: ReadModels,
  page: DepartmentPage,
): Promise<Page<DepartmentDocument>> {
  return models.find(departments, { index: 'all', ...page });
}

/** A department with where its business is now, and whose business it has taken over. */
export type DepartmentLineage = DepartmentDocument & {
  /** Who does its business today: itself, or the last in the line of successors. */
  readonly current: string;
  /** Departments whose business came to it, directly or through others, by id. */
  readonly predecessors: readonly string[];
};

/** Null if there is no such department. `today` is a legal day. */
export async function departmentLineage(
  models: ReadModels,
  id: string,
  today: string,
): Promise<DepartmentLineage | null> {
  const department = await models.get(departments, id);
  if (department === null) return null;
  const line = new SuccessionLine(await successionsOf(models, today));
  return { ...department, current: line.last(id), predecessors: line.before(id) };
}

/**
 * Each department that was succeeded up to a legal day, with the one that does its business on that day. Those that stand are
 * not in it.
 */
export async function currentDepartments(
  models: ReadModels,
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const successions = await successionsUntil(models, today);
  return new Map(successions.map(({ department, current }) => [department, current]));
}

/** A reform that is in effect: since which legal day a department's business is another's, and whose it is now. */
export type Succession = { readonly department: string; readonly from: string; readonly current: string };

/** The reforms in effect on a legal day, in the order in which they came. */
export async function successionsUntil(
  models: Pick<ReadModels, 'find'>,
  today: string,
): Promise<readonly Succession[]> {
  const direct = await successionsOf(models, today);
  const line = new SuccessionLine(direct);
  return direct
    .map(({ department, from }) => ({ department, from, current: line.last(department) }))
    .sort(
      by(
        ({ from }) => from,
        ({ department }) => department,
      ),
    );
}

/** Departments whose business on a legal day is this one's: itself, and those it has taken over from. */
export async function departmentsOf(
  models: Pick<ReadModels, 'find'>,
  department: string,
  day: string,
): Promise<readonly string[]> {
  const reforms = await successionsUntil(models, day);
  return [
    department,
    ...reforms.filter(({ current }) => current === department).map((reform) => reform.department),
  ];
}

type DirectSuccession = { readonly department: string; readonly successor: string; readonly from: string };

/** Who took over from whom; the rules keep it free of circles, since only a department that stands takes over. */
async function successionsOf(
  models: Pick<ReadModels, 'find'>,
  today: string,
): Promise<readonly DirectSuccession[]> {
  const succeeded = await allDocuments(models, departments, {
    index: 'status',
    equals: { status: 'succeeded' },
  });
  return succeeded.flatMap(({ id: department, succession }) =>
    succession !== null && succession.from <= today ? [{ department, ...succession }] : [],
  );
}

class SuccessionLine {
  private readonly next: ReadonlyMap<string, string>;

  constructor(successions: readonly DirectSuccession[]) {
    this.next = new Map(successions.map(({ department, successor }) => [department, successor]));
  }

  /** Who does its business: itself, or the last of those who follow it. */
  last(id: string): string {
    const next = this.next.get(id);
    return next === undefined ? id : this.last(next);
  }

  /** Departments whose business came to it, directly or through others, by id. */
  before(id: string): readonly string[] {
    return [...this.next.keys()].filter((one) => one !== id && this.leadsTo(one, id)).sort();
  }

  private leadsTo(one: string, id: string): boolean {
    const next = this.next.get(one);
    return next !== undefined && (next === id || this.leadsTo(next, id));
  }
}
