import 'reflect-metadata';
import { afterEach, expect, test } from '@jest/globals';
import { type Document, type Query, type ReadModels, type Scalar } from '#libs/engine/event-sourcing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { documentsOf, foldAll, histories, ReportsBench, tables } from '#libs/reports/testing';
import { allProjections } from './all-projections.js';
import { applications } from '#libs/county/approval';
import { audit } from '#libs/reports';

const engine = { openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore };
const projections = allProjections(tables);
const bench = new ReportsBench(engine, projections);
afterEach(() => bench.close());

type Known = ReadonlyMap<string, readonly Document[]>;

/** All pages of a query. */
async function pages(
  read: ReadModels,
  model: string,
  query: Query,
): Promise<readonly (readonly Document[])[]> {
  const found: (readonly Document[])[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: readonly Document[]; nextCursor: string | null } = await read.find(
      { model },
      {
        ...query,
        cursor,
      },
    );
    found.push(page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

/** Every combination of fixed values that a document of the model has for an index. */
function equalsOf(documents: readonly Document[], fields: readonly string[]): NonNullable<Query['equals']>[] {
  const found = new Map<string, NonNullable<Query['equals']>>();
  for (const document of documents) {
    let combinations: { [field: string]: Scalar }[] = [{}];
    for (const field of fields) {
      const value = (document[field] ?? null) as Scalar | readonly Scalar[];
      const values = Array.isArray(value) ? (value as readonly Scalar[]) : [value as Scalar];
      combinations = combinations.flatMap((one) => values.map((each) => ({ ...one, [field]: each })));
    }
    for (const one of combinations) found.set(JSON.stringify(one), one);
  }
  return [...found.values()];
}

/** Whatever can be asked of the models: all lists by each of their indexes, either way, in small pages. */
async function everything(read: ReadModels, known: Known): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (const { model, indexes } of projections.flatMap((one) => [one, ...one.tallies])) {
    const documents = known.get(model) ?? [];
    for (const [index, { equals }] of Object.entries(indexes)) {
      for (const values of equalsOf(documents, equals)) {
        for (const order of ['asc', 'desc'] as const) {
          const query = { index, equals: values, order, limit: 3 };
          answers.push([model, query, await pages(read, model, query)]);
        }
      }
    }
    const ids = ['nothing', ...documents.map(({ id }) => id)];
    answers.push([model, await read.getMany({ model }, ids), await read.get({ model }, ids.at(-1) ?? '')]);
  }
  return answers;
}

test('queries on read models kept in partitions return the same as on those kept whole', async () => {
  await fc.assert(
    fc.asyncProperty(histories, fc.constantFrom(2, 3, 8), async (history, partitions) => {
      const known: Known = new Map(
        projections.flatMap((projection) => {
          const folded = foldAll(projection, history.events);
          return [...folded.keys()].map((model) => [model, documentsOf(folded, model)] as const);
        }),
      );
      const whole = await bench.load(history);
      const parted = await bench.load(history, projections, partitions);
      const answers = await everything(whole.models, known);
      expect(answers.length).toBeGreaterThan(100);
      expect(await everything(parted.models, known)).toEqual(answers);
      expect(await parted.models.asOf(applications, audit)).toEqual(
        await whole.models.asOf(applications, audit),
      );
      await bench.close();
    }),
    { numRuns: 8 },
  );
});
