import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { keptPage } from './kept-page.js';
import { type ReadModels } from './read-models.js';
import { type Document, InvalidQuery, type Page, type Query } from './read-store.js';
import { type Model } from './projection.js';

type Numbered = Document & { readonly shown: boolean };

/** A model with a document for each entry; a cursor is the number of the next. Counts what is read. */
function model(shown: readonly boolean[]) {
  const documents = shown.map((one, index): Numbered => ({ id: `${index}`, shown: one }));
  let read = 0;
  const models = {
    find: (_: Model, { limit, cursor }: Query): Promise<Page<Numbered>> => {
      const from = Number(cursor ?? 0);
      const items = documents.slice(from, from + limit);
      read += items.length;
      const nextCursor = from + limit < documents.length ? `${from + limit}` : null;
      return Promise.resolve({ items, nextCursor });
    },
  } as Pick<ReadModels, 'find'>;
  const page = (limit: number, cursor: string | null = null) =>
    keptPage<Numbered>(models, { model: 'numbers' }, { index: 'all', limit, cursor }, (one) => one.shown);
  return { page, documents, read: () => read };
}

describe('D20 a page of what may be seen', () => {
  test('D20 pages together hold all that may be seen, and there is no cursor after the last of it', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.boolean(), { maxLength: 700 }),
        fc.integer({ min: 1, max: 150 }),
        async (shown, limit) => {
          const { page, documents } = model(shown);
          const visible = documents.filter((one) => one.shown);
          const found: Numbered[] = [];
          let cursor: string | null = null;
          do {
            const next: Page<Numbered> = await page(limit, cursor);
            found.push(...next.items);
            cursor = next.nextCursor;
            // Fewer than a thousand documents: every page is full, or the last.
            if (cursor !== null) expect(next.items.length).toBe(limit);
            expect(cursor === null).toBe(found.length === visible.length);
          } while (cursor !== null);
          expect(found).toEqual(visible);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('D20 a caller who may see nothing gets nothing', async () => {
    expect(await model(Array(900).fill(false)).page(1)).toEqual({ items: [], nextCursor: null });
  });

  test('D8 one page looks at a thousand documents and a few at most; the next goes on', async () => {
    const { page, documents, read } = model([...Array<boolean>(5_000).fill(false), true]);
    const first = await page(10);
    expect([first.items, first.nextCursor, read()]).toEqual([[], '1000', 1_000]);
    let cursor = first.nextCursor;
    let found: readonly Numbered[] = [];
    while (cursor !== null) ({ items: found, nextCursor: cursor } = await page(10, cursor));
    expect(found).toEqual([documents.at(-1)]);
  });

  test('a value that is not a limit is refused', async () => {
    await expect(model([true]).page(0)).rejects.toThrow(InvalidQuery);
  });
});
