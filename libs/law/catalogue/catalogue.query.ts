import {
  allDocuments,
  filteredPage,
  holdsEveryWord,
  type Page,
  type ReadModels,
} from '#libs/engine/event-sourcing';
import { type MatterKind } from './matter-kind.js';
import { type MatterDocument, matters as matterModel } from './matter.projection.js';
import { type TemplateDocument, templates } from './template.projection.js';

export type ListOptions = { readonly limit: number; readonly cursor?: string | null };

/**
 * A matter as readers get it. An empty list of materials does not say that none is asked for: it says that no list was read
 * in a text, and shows as 未核实.
 */
export type ShownMatter = MatterDocument & {
  readonly materialsListed: boolean;
  /** Null where materials are listed. */
  readonly materialsNote: { readonly zh: string; readonly en: string } | null;
};

const NOT_LISTED = {
  zh: '未列明申请材料（未核实）：不等于无需提交材料，以法律、法规、规章的规定为准',
  en: 'No list of materials is on record (not verified): that does not mean that none is needed; the laws and rules decide',
} as const;

const shown = (matter: MatterDocument): ShownMatter => {
  const materialsListed = matter.materials.length > 0;
  return { ...matter, materialsListed, materialsNote: materialsListed ? null : NOT_LISTED };
};

const shownPage = ({ items, ...page }: Page<MatterDocument>): Page<ShownMatter> => ({
  ...page,
  items: items.map(shown),
});

const MATTER_INDEXES = [
  { index: 'departmentAndKind', by: ['department', 'kind'] },
  { index: 'department', by: ['department'] },
  { index: 'kind', by: ['kind'] },
  { index: 'all', by: [] },
] as const;

export type MattersQuery = ListOptions & {
  readonly department?: string;
  readonly kind?: MatterKind;
  /** Words, all of which are in its code or its names. */
  readonly q?: string;
};

/** Matters by code. */
export async function listMatters(
  models: ReadModels,
  { department, kind, q, ...page }: MattersQuery,
): Promise<Page<ShownMatter>> {
  const conditions = { department, kind };
  const keep = ({ code, name, nameEn }: MatterDocument) =>
    q === undefined || holdsEveryWord([code, name, nameEn ?? ''], q);
  return shownPage(
    await filteredPage(models, matterModel, { conditions, indexes: MATTER_INDEXES, keep, ...page }),
  );
}

/** Every matter in force, by code. */
export function mattersInForce(models: Pick<ReadModels, 'find'>): Promise<readonly MatterDocument[]> {
  return allDocuments(models, matterModel, {
    index: 'status',
    equals: { status: 'in-force' },
  });
}

/** 取消事项目录: the matters that were abolished, by code. */
export async function listAbolished(models: ReadModels, page: ListOptions): Promise<Page<ShownMatter>> {
  return shownPage(
    await models.find(matterModel, {
      index: 'status',
      equals: { status: 'abolished' },
      ...page,
    }),
  );
}

export async function findMatter(models: ReadModels, code: string): Promise<ShownMatter | null> {
  const found = await models.get(matterModel, code);
  return found && shown(found);
}

/** Templates by code. */
export async function listTemplates(models: ReadModels, page: ListOptions): Promise<Page<TemplateDocument>> {
  return models.find(templates, { index: 'all', ...page });
}

export async function findTemplate(models: ReadModels, code: string): Promise<TemplateDocument | null> {
  return models.get(templates, code);
}
