import { by, allDocuments, type Page, type PersonalText, type ReadModels } from '#libs/engine/event-sourcing';
import { type AccountDocument, accounts, postHeldOn } from './account.projection.js';
import { type DepartmentDocument, departments } from './department.projection.js';

type DepartmentPage = { readonly limit: number; readonly cursor?: string | null };

/** A post of a department that is held. */
type FilledPost = {
  readonly post: string;
  /** Who holds it; left out for callers outside of the administration. */
  readonly persons?: readonly {
    readonly person: string;
    readonly displayName: PersonalText | null;
    readonly role: string | null;
    readonly since: string;
  }[];
};

/** A department with its posts below it. */
export type DepartmentNode = DepartmentDocument & { readonly posts: readonly FilledPost[] };

export type DepartmentsQuery = DepartmentPage & {
  /** Legal day on which posts are held. */
  readonly day: string;
  readonly showsPersons: boolean;
};

/** Departments by id, those that were succeeded too, each with the posts that are held in it. */
export async function listDepartments(
  models: ReadModels,
  { day, showsPersons, ...page }: DepartmentsQuery,
): Promise<Page<DepartmentNode>> {
  const { items, nextCursor } = await models.find(departments, { index: 'all', ...page });
  const nodes = await Promise.all(
    items.map(async (department) => {
      const people = await allDocuments(models, accounts, {
        index: 'department',
        equals: { departments: department.id },
      });
      return { ...department, posts: postsOf(people, department.id, { day, showsPersons }) };
    }),
  );
  return { items: nodes, nextCursor };
}

function postsOf(
  people: readonly AccountDocument[],
  department: string,
  { day, showsPersons }: Pick<DepartmentsQuery, 'day' | 'showsPersons'>,
): readonly FilledPost[] {
  const held = people.flatMap((account) => {
    const post = postHeldOn(account, day);
    return post?.department === department ? [{ account, post }] : [];
  });
  const names = [...new Set(held.map(({ post }) => post.post))].sort();
  return names.map((name) => ({
    post: name,
    ...(showsPersons && {
      persons: held
        .filter(({ post }) => post.post === name)
        .map(({ account: { id: person, displayName, role }, post: { from: since } }) => ({
          ...{ person, displayName, role, since },
        })),
    }),
  }));
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
