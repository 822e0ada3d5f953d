import { type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type ImprovementDocument, improvements } from './improvement.projection.js';

export type ImprovementsOf =
  { readonly status: ImprovementDocument['status'] } | { readonly matter: string } | null;

/** The last proposed first; of one status, or of one matter. */
export async function listImprovements(
  models: ReadModels,
  {
    of,
    ...page
  }: {
    readonly of: ImprovementsOf;
    readonly limit: number;
    readonly cursor: string | null;
  },
): Promise<Page<ImprovementDocument>> {
  const index = of === null ? 'all' : 'status' in of ? 'status' : 'matter';
  return models.find(improvements, {
    index,
    ...(of === null ? {} : { equals: of }),
    order: 'desc',
    ...page,
  });
}

export async function findImprovement(models: ReadModels, id: string): Promise<ImprovementDocument | null> {
  return models.get(improvements, id);
}
