import { type Document, type Model, type PersonalText, type ReadModels } from '#libs/engine/event-sourcing';
import { accounts } from './account.projection.js';
import { departments } from './department.projection.js';
import { organisations } from './organisation.projection.js';

type Models = Pick<ReadModels, 'getMany'>;
type Ids = Iterable<string | null | undefined>;

/** What a department is called in both languages; null where there is no such department, or no English name. */
export type DepartmentNames = {
  readonly departmentName: string | null;
  readonly departmentNameEn: string | null;
};

/** What departments and people are called, by their ids. */
export type Names = {
  department(id: string | null | undefined): DepartmentNames;
  /** Of an organisation's account the organisation's name; null where there is no such account. */
  person(id: string | null | undefined): PersonalText | null;
};

/** Reads each name once, however often a list shows it. Whether the caller may see it is for who asks to know. */
export async function namesOf(
  models: Models,
  { departments: units = [], people = [] }: { readonly departments?: Ids; readonly people?: Ids },
): Promise<Names> {
  const [named, known] = await Promise.all([
    byId(models, departments, units),
    byId(models, accounts, people),
  ]);
  const codes = [...known.values()].map(({ creditCode }) => creditCode);
  const registered = await byId(models, organisations, codes);
  const find = <Value>(found: ReadonlyMap<string, Value>, id: string | null | undefined) =>
    id === null || id === undefined ? undefined : found.get(id);
  return {
    department(id) {
      const department = find(named, id);
      return { departmentName: department?.name ?? null, departmentNameEn: department?.nameEn ?? null };
    },
    person(id) {
      const account = find(known, id);
      return find(registered, account?.creditCode)?.name ?? account?.displayName ?? null;
    },
  };
}

async function byId<Shape extends Document>(
  models: Models,
  model: Model<Shape>,
  wanted: Ids,
): Promise<ReadonlyMap<string, Shape>> {
  const ids = [...new Set([...wanted].filter((id): id is string => id !== null && id !== undefined))];
  const found = ids.length === 0 ? [] : await models.getMany(model, ids);
  return new Map(found.flatMap((document, index) => (document ? [[ids[index] ?? '', document]] : [])));
}
