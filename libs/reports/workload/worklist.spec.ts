import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  withLamp,
  worklist,
  type WorklistItem,
  type WorklistQuery,
  applications,
} from '#libs/county/approval';
import { type Lamp } from '#libs/law/calendar';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { ReportsBench } from '../testing/reports.js';
import { histories } from '../testing/random-history.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

type Filter = Omit<WorklistQuery, 'limit' | 'cursor'>;

/** The fast track first, then by due date, then by id. */
const place = ({ fastTrack, dueAt, id }: WorklistItem) => `${fastTrack ? 'f' : 'o'} ${dueAt} ${id}`;

async function everyPage(
  models: ReadModels,
  filter: Filter,
  limit: number,
): Promise<readonly WorklistItem[]> {
  const items: WorklistItem[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof worklist>> = await worklist(models, { ...filter, limit, cursor });
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}

describe('the worklist', () => {
  test('F3 is the caller’s applications, the fast track first, then by due date, with the lamp and stage asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.integer({ min: 1, max: 4 }),
        fc.record(
          {
            lamps: fc.subarray<Lamp>(['green', 'yellow', 'red'], { minLength: 1 }),
            stages: fc.subarray<'submitted' | 'accepted' | 'returned'>(
              ['submitted', 'accepted', 'returned'],
              {
                minLength: 1,
              },
            ),
            open: fc.boolean(),
          },
          { requiredKeys: [] },
        ),
        fc.record<WorklistQuery['of']>(
          {
            department: fc.constantFrom('natural-resources', 'forestry'),
            person: fc.constantFrom('demo-reviewer', 'demo-applicant'),
            region: fc.constantFrom('210500', '210521', '110000'),
            applicant: fc.constant('demo-applicant'),
          },
          { requiredKeys: [] },
        ),
        async (history, limit, conditions, of) => {
          const { models } = await bench.load(history);
          const now = history.events.at(-1)?.metadata.occurredAt ?? '';
          const filter: Filter = { of, now, ...conditions };
          const ids = [...new Set(history.events.map(({ stream }) => stream.replace('application-', '')))];
          const documents = await models.getMany(applications, ids);
          const expected = documents
            .filter((document) => document !== null)
            .map((document) => withLamp(document, now))
            .filter(
              (item) =>
                item.open === (conditions.open ?? true) &&
                (of.department === undefined || item.responsible === of.department) &&
                (of.person === undefined || item.person === of.person) &&
                (of.region === undefined || item.regions.includes(of.region)) &&
                (of.applicant === undefined || item.applicant === of.applicant) &&
                (conditions.lamps === undefined ||
                  (item.lamp !== null && conditions.lamps.includes(item.lamp))) &&
                (conditions.stages === undefined || conditions.stages.some((stage) => stage === item.stage)),
            )
            .sort((a, b) => (place(a) < place(b) ? -1 : 1));
          expect(await everyPage(models, filter, limit)).toEqual(expected);
          await bench.close();
        },
      ),
      { numRuns: 25 },
    );
  });
});
