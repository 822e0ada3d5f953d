import { type Document, type Page, type Query, type ReadModels } from '#libs/event-sourcing';

const A_READ = 500;

/** Every document that a query finds, page by page, in the query's order. */
export async function* everyDocument<Doc extends Document>(
  models: ReadModels,
  model: string,
  query: Omit<Query, 'limit' | 'cursor'>,
): AsyncGenerator<Doc> {
  let cursor: string | null = null;
  do {
    const page: Page<Doc> = await models.find<Doc>(model, { ...query, limit: A_READ, cursor });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== null);
}
