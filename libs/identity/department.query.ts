import { allDocuments, type Page, type ReadModels } from '#libs/event-sourcing';
import { type DepartmentDocument } from './department.projection.js';

export type DepartmentPage = { readonly limit: number; readonly cursor?: string | null };

/** Departments by id, those that were succeeded too. */
export async function listDepartments(
  models: ReadModels,
  page: DepartmentPage,
): Promise<Page<DepartmentDocument>> {
  return models.find<DepartmentDocument>('departments', { index: 'all', ...page });
}

/** A department with where its business is now, and whose business it has taken over. */
export type DepartmentLineage = DepartmentDocument & {
  /** Who does its business today: itself, or the last in the line of successors. */
  readonly current: string;
  /** Departments whose business came to it, directly or through others, by id. */
  readonly predecessors: readonly string[];
};

/** Null where there is no such department. `today` is a legal day. */
export async function departmentLineage(
  models: ReadModels,
  id: string,
  today: string,
): Promise<DepartmentLineage | null> {
  const department = await models.get<DepartmentDocument>('departments', id);
  if (department === null) return null;
  const direct = await successions(models, today);
  const lineOf = (one: string): readonly string[] => {
    const next = direct.get(one);
    return next === undefined ? [] : [next, ...lineOf(next)];
  };
  return {
    ...department,
    current: lineOf(id).at(-1) ?? id,
    predecessors: [...direct.keys()].filter((one) => lineOf(one).includes(id)).sort(),
  };
}

/**
 * Each department that was succeeded up to a legal day, with the one that does its business on that day. Those that stand are
 * not in it.
 */
export async function currentDepartments(
  models: ReadModels,
  today: string,
): Promise<ReadonlyMap<string, string>> {
  const direct = await successions(models, today);
  const last = (id: string): string => {
    const next = direct.get(id);
    return next === undefined ? id : last(next);
  };
  return new Map([...direct.keys()].map((id) => [id, last(id)]));
}

/** Who took over from whom; the rules keep it free of circles, since only a department that stands takes over. */
async function successions(models: ReadModels, today: string): Promise<ReadonlyMap<string, string>> {
  const direct = new Map<string, string>();
  const succeeded = await allDocuments<DepartmentDocument>(models, 'departments', {
    index: 'status',
    equals: { status: 'succeeded' },
  });
  for (const { id, succession } of succeeded) {
    if (succession !== null && succession.from <= today) direct.set(id, succession.successor);
  }
  return direct;
}
