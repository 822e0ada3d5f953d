import { allDocuments, filteredPage, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type MatterKind } from './catalogue.events.js';
import { type MatterDocument, matters as matterModel } from './matter.projection.js';
import { type TemplateDocument, templates } from './template.projection.js';

export type ListOptions = { readonly limit: number; readonly cursor?: string | null };

const MATTER_INDEXES = [
  { index: 'departmentAndKind', by: ['department', 'kind'] },
  { index: 'department', by: ['department'] },
  { index: 'kind', by: ['kind'] },
  { index: 'all', by: [] },
] as const;

/** Matters by code. */
export async function listMatters(
  models: ReadModels,
  { department, kind, ...page }: ListOptions & { readonly department?: string; readonly kind?: MatterKind },
): Promise<Page<MatterDocument>> {
  const conditions = { department, kind };
  return filteredPage(models, matterModel, { conditions, indexes: MATTER_INDEXES, ...page });
}

/** Every matter in force, by code. */
export function mattersInForce(models: Pick<ReadModels, 'find'>): Promise<readonly MatterDocument[]> {
  return allDocuments(models, matterModel, {
    index: 'status',
    equals: { status: 'in-force' },
  });
}

/** 取消事项目录: the matters that were abolished, by code. */
export async function listAbolished(models: ReadModels, page: ListOptions): Promise<Page<MatterDocument>> {
  return models.find(matterModel, {
    index: 'status',
    equals: { status: 'abolished' },
    ...page,
  });
}

export async function findMatter(models: ReadModels, code: string): Promise<MatterDocument | null> {
  return models.get(matterModel, code);
}

/** Templates by code. */
export async function listTemplates(models: ReadModels, page: ListOptions): Promise<Page<TemplateDocument>> {
  return models.find(templates, { index: 'all', ...page });
}

export async function findTemplate(models: ReadModels, code: string): Promise<TemplateDocument | null> {
  return models.get(templates, code);
}
