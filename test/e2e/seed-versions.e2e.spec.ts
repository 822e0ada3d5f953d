import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { type DataReader, PROJECT_DATA, seed } from '#libs/shell/seeding';
import { type Body, TestServer } from './server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
});
afterAll(() => server.remove());

const MATTER = `
  - code: TS-01
    name: 试点事项
    nameEn: Trial matter
    kind: filing
    department: water
    legalBasis: []
    statutory: null
    promised: { days: 10, unit: working-day, start: acceptance }
    limitsVerified: true
    materials: []
    steps: [受理, 审查, 办结]
    effectiveFrom: 2020-01-01
`;
const SHORTER =
  '      - { effectiveFrom: 2024-01-01, reason: 压缩时限, promised: { days: 5, unit: working-day, start: acceptance } }\n';
const LEANER = '      - { effectiveFrom: 2025-01-01, reason: 减环节, steps: [受理, 办结] }\n';
const LATER = '      - { effectiveFrom: 2026-01-01, reason: 再压缩, steps: [办结] }\n';

/** The project's own files, with one more of matters. */
function withMatter(...revisions: readonly string[]): DataReader {
  const text = `matters:${MATTER}${revisions.length === 0 ? '' : `    revisions:\n${revisions.join('')}`}`;
  return {
    file: (...path) => PROJECT_DATA.file(...path),
    folder: async (name) => [
      ...(await PROJECT_DATA.folder(name)),
      ...(name === 'catalogue' ? [{ name: 'trial.yaml', text }] : []),
    ],
  };
}

async function seeded(data: DataReader): Promise<readonly string[]> {
  const { kept } = await seed(
    {
      commands: server.app.get(CommandBus),
      eventStore: server.system.eventStore,
      logger: server.system.log,
      data,
    },
    { mode: 'catalogue' },
  );
  return kept;
}

async function versions(): Promise<unknown[]> {
  const { body } = await server.get('/matters/TS-01/versions', 'demo-admin');
  return (body['items'] ?? []).map(({ definition, reason }: Body) => [
    definition.effectiveFrom,
    definition.promised.days,
    definition.steps.length,
    reason,
  ]);
}

const WRITTEN = [
  ['2020-01-01', 10, 3, null],
  ['2024-01-01', 5, 3, '压缩时限'],
  ['2025-01-01', 5, 2, '减环节'],
];

test('every version of a file is loaded, in order, once however often the seed runs', async () => {
  expect(await seeded(withMatter(SHORTER, LEANER))).toEqual([]);
  expect(await versions()).toEqual(WRITTEN);
  const events = await server.events();
  expect(await seeded(withMatter(SHORTER, LEANER))).toEqual([]);
  expect(await server.events()).toBe(events);
});

test('a version added to the file later is added; one a person made since stays, and the file goes no further', async () => {
  expect(await seeded(withMatter(SHORTER, LEANER, LATER))).toEqual([]);
  const known = [...WRITTEN, ['2026-01-01', 5, 1, '再压缩']];
  expect(await versions()).toEqual(known);

  const { items } = (await server.get('/matters/TS-01/versions', 'demo-admin')).body;
  const { code: _, ...latest } = items.at(-1).definition;
  await server.post('/matters/TS-01/revision', 'demo-admin', {
    ...latest,
    steps: ['受理', '公示', '办结'],
    reason: '增加公示',
  });
  const more = '      - { effectiveFrom: 2027-01-01, reason: 又压缩, steps: [一次办结] }\n';
  expect(await seeded(withMatter(SHORTER, LEANER, LATER, more))).toEqual(['TS-01']);
  expect(await versions()).toEqual([...known, ['2026-01-01', 5, 3, '增加公示']]);
});
