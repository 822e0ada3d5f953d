import { type Model } from './projection.js';
import { type ReadModels } from './read-models.js';
import { type Document, type Page, type Query } from './read-store.js';

const A_READ = 1_000;

/** All documents that a query finds, in its order: for lists that are short whatever the size of the county. */
export async function allDocuments<Doc extends Document>(
  models: Pick<ReadModels, 'find'>,
  model: Model<Doc>,
  query: Omit<Query, 'limit' | 'cursor'>,
): Promise<readonly Doc[]> {
  const found: Doc[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Doc> = await models.find(model, { ...query, limit: A_READ, cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}
