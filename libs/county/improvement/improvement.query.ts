import { filteredPage, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type ImprovementDocument, improvements } from './improvement.projection.js';

export type ImprovementsQuery = {
  readonly status?: ImprovementDocument['status'] | undefined;
  readonly matter?: string | undefined;
  readonly limit: number;
  readonly cursor: string | null;
};

const INDEXES = [
  { index: 'matter', by: ['matter'], order: 'desc' },
  { index: 'status', by: ['status'], order: 'desc' },
  { index: 'all', by: [], order: 'desc' },
] as const;

/** The last proposed first. */
export function listImprovements(
  models: ReadModels,
  { status, matter, ...page }: ImprovementsQuery,
): Promise<Page<ImprovementDocument>> {
  return filteredPage(models, improvements, { conditions: { status, matter }, indexes: INDEXES, ...page });
}

export async function findImprovement(models: ReadModels, id: string): Promise<ImprovementDocument | null> {
  return models.get(improvements, id);
}
