import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { InvalidQuery, type ReadStore } from '#libs/engine/event-sourcing';
import { openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ActingMandate, coveredBy } from '#libs/county/sight';
import { agentWorklist } from './agency.query.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';
import { calendar, commands, NOW, opening, played } from '../testing/cases.js';
import { withLamp, type WorklistItem } from './worklist.filter.js';

const projection = applicationsUnder(calendar);
const open: { store: ReadStore; directory: string }[] = [];

afterEach(async () => {
  for (const { store, directory } of open.splice(0)) {
    await store.close();
    await rm(directory, { recursive: true });
  }
});

type Models = Parameters<typeof agentWorklist>[0];

async function modelsWith(documents: readonly ApplicationDocument[]): Promise<Models> {
  const directory = await mkdtemp(join(tmpdir(), 'zhitong-agency-'));
  const store = await openLmdbReadStore(directory);
  open.push({ store, directory });
  await store.define([{ name: 'applications', indexes: projection.indexes }]);
  const writes = documents.map((document) => ({ model: 'applications', document, seen: 1n }));
  await store.save('applications', writes, { position: 1n, recordedAt: NOW });
  return { find: ({ model }, query) => store.find(model, query) } as Models;
}

const [submitted] = played(commands.submit({ opening: opening() })).events;
if (submitted === undefined) throw new Error('nothing was submitted');
const one = projection.fold(null, submitted, submitted.data.application) as ApplicationDocument;

const DUE = ['2026-11-20T16:00:00.000Z', '2026-12-01T16:00:00.000Z', '2026-12-02T16:00:00.000Z'];
const APPLICANTS = ['li', 'sun', 'zhao'];
const PROJECTS = ['p1', 'p2'];

const cases = fc
  .array(
    fc.record({
      applicant: fc.constantFrom(...APPLICANTS),
      project: fc.constantFrom(...PROJECTS),
      dueAt: fc.constantFrom(...DUE),
      fastTrack: fc.boolean(),
      open: fc.boolean(),
      stage: fc.constantFrom('submitted' as const, 'accepted' as const),
    }),
    { maxLength: 24 },
  )
  .map((given) =>
    given.map((fields, index): ApplicationDocument => {
      const due = { ...one.due, promised: fields.dueAt, yellow: fields.dueAt };
      return { ...one, ...fields, id: `a${String(index).padStart(2, '0')}`, due };
    }),
  );
const mandates = fc.array(
  fc.record<ActingMandate>({
    id: fc.constant('m'),
    applicant: fc.constantFrom(...APPLICANTS),
    project: fc.constantFrom(null, ...PROJECTS),
    until: fc.constant('2026-12-31T16:00:00.000Z'),
    confirmedAt: fc.constant('2026-01-01T00:00:00.000Z'),
    revokedAt: fc.constant(null),
  }),
  { maxLength: 4 },
);
const filters = fc.record(
  {
    lamps: fc.constantFrom(['green'] as const, ['red'] as const),
    stages: fc.constantFrom(['submitted'] as const, ['accepted'] as const),
    open: fc.boolean(),
  },
  { requiredKeys: [] },
);

const place = ({ fastTrack, dueAt, id }: WorklistItem) => `${fastTrack ? 'f' : 'o'} ${dueAt} ${id}`;

describe('the worklist of an agent', () => {
  test('is the cases of everybody they act for, in the order of every worklist, whatever the page', async () => {
    await fc.assert(
      fc.asyncProperty(
        cases,
        mandates,
        filters,
        fc.integer({ min: 1, max: 5 }),
        async (all, held, asked, limit) => {
          const models = await modelsWith(all);
          const found: WorklistItem[] = [];
          let cursor: string | null = null;
          do {
            const seen = (document: ApplicationDocument) => coveredBy(held, document);
            const query = { ...asked, now: NOW, limit, cursor, seen };
            const principals = [...new Set(held.map(({ applicant }) => applicant))];
            const page: Awaited<ReturnType<typeof agentWorklist>> = await agentWorklist(
              models,
              query,
              principals,
            );
            expect(page.items.length).toBeLessThanOrEqual(limit);
            found.push(...page.items);
            cursor = page.nextCursor;
          } while (cursor !== null);
          const expected = all
            .filter((document) => coveredBy(held, document))
            .map((document) => withLamp(document, NOW))
            .filter(
              (item) =>
                item.open === (asked.open ?? true) &&
                (asked.lamps === undefined || asked.lamps.some((lamp) => lamp === item.lamp)) &&
                (asked.stages === undefined || asked.stages.some((stage) => stage === item.stage)),
            )
            .sort((a, b) => (place(a) < place(b) ? -1 : 1));
          expect(found).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('takes no cursor of another list', async () => {
    const models = await modelsWith([]);
    for (const cursor of ['f', 'WzFd', '%%']) {
      await expect(agentWorklist(models, { now: NOW, limit: 5, cursor }, [])).rejects.toThrow(InvalidQuery);
    }
  });
});
