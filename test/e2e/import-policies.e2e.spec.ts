import 'reflect-metadata';
import { afterEach, expect, test } from '@jest/globals';
import { Policies } from '#libs/shell/system';
import { importRows, type ImportRowsOptions } from '../support/import-rows.js';
import { County } from '../acceptance/county.js';

let county: County;
afterEach(() => county.close());

/** Signals and takings-over on record, by stream. */
async function found(): Promise<readonly (readonly [type: string, stream: string])[]> {
  const list: (readonly [string, string])[] = [];
  for await (const { type, stream } of county.server.system.eventStore.readAll(null)) {
    if (['IdleHolderFlagged', 'ApplicationTakenOver', 'ReturnWithoutArticleFlagged'].includes(type))
      list.push([type, stream]);
  }
  return list;
}

async function letPoliciesAct(): Promise<void> {
  await county.server.caughtUp();
  await county.server.app.get(Policies).catchUp();
  await county.server.caughtUp();
}

const OPEN = 'id,case,act,time,who,dept,start,end,plan,resp\n';
const ROWS = `${OPEN}1,C1,a,2024-03-05 09:00,P1,D1,,,,\n2,C1,b,2024-03-06 09:00,P1,D1,,,,\n3,C2,a,2024-03-05 09:00,P1,D1,,,,\n`;
const RETURNED = `${OPEN}1,C1,take,2024-03-05 09:00,P1,D1,,,,\n2,C1,back,2024-03-06 09:00,P1,D1,,,,\n3,C1,again,2024-03-07 09:00,P1,D1,,,,\n`;
const ACTS = `activities:
  take: AcceptApplication
  back: { command: ReturnApplication, fields: { reason: { value: 不符 } } }
  again: SubmitSupplement
`;

/** Runs the policies before the second row of an import. */
async function withPoliciesInTheMiddle(
  options: ImportRowsOptions = {},
  rows = ROWS,
): Promise<readonly (readonly [string, string])[]> {
  let inTheMiddle: readonly (readonly [string, string])[] | null = null;
  const report = await importRows(county.server, rows, {
    ...options,
    beforeCommand: async ({ type, meta }) => {
      if (type !== 'RecordStep' || !meta.commandId.endsWith('/2')) return;
      await letPoliciesAct();
      inTheMiddle = await found();
    },
  });
  expect(report).toMatchObject({ badRows: 0, events: 7 });
  if (inTheMiddle === null) throw new Error('the policies did not act in the middle');
  return inTheMiddle;
}

test('F5 without findings in the mapping no policy says anything of imported history', async () => {
  county = await County.open();
  expect(await withPoliciesInTheMiddle()).toEqual([]);
  await letPoliciesAct();
  expect(await found()).toEqual([]);
});

test('F5 with findings: true the watch flags what stands still in the log, after the end of the import is on record', async () => {
  county = await County.open();
  expect(await withPoliciesInTheMiddle({ more: 'findings: true\n' })).toEqual([]);
  await letPoliciesAct();
  const flags = [
    ['IdleHolderFlagged', 'application-e-C1-RC-01'],
    ['IdleHolderFlagged', 'application-e-C2-RC-01'],
  ];
  expect([...(await found())].sort()).toEqual(flags);
  // Once, however often it looks.
  await letPoliciesAct();
  expect([...(await found())].sort()).toEqual(flags);
});

test('F5 with findings: true what rows of the log say raises signals, without it none', async () => {
  county = await County.open();
  await importRows(county.server, RETURNED, { more: ACTS });
  expect(await found()).toEqual([]);
  await county.close();
  county = await County.open();
  const report = await importRows(county.server, RETURNED, { more: `${ACTS}findings: true\n` });
  expect(report.badRows).toBe(0);
  expect(await found()).toEqual([['ReturnWithoutArticleFlagged', 'application-e-C1-RC-01']]);
});

test('F5 a succession of departments waits for the end of an import, and is then carried out', async () => {
  county = await County.open();
  const { server } = county;
  const today = new Date(server.system.clock.now()).toISOString().slice(0, 10);
  await county.done('/departments', 'demo-admin', { id: 'land', name: '自然资源和规划局', region: '210521' });
  await county.done('/departments/natural-resources/succession', 'demo-admin', {
    successor: 'land',
    from: today,
    reason: '机构改革',
  });
  const rows = ROWS.replaceAll(',D1,', ',natural-resources,').replaceAll(',a,', ',take,');
  const of = ['small', 'LX-06'] as const;
  expect(
    await withPoliciesInTheMiddle({ of, more: 'activities: { take: AcceptApplication }\n' }, rows),
  ).toEqual([]);
  await letPoliciesAct();
  expect([...(await found())].sort()).toEqual([
    ['ApplicationTakenOver', 'application-e-C1-LX-06'],
    ['ApplicationTakenOver', 'application-e-C2-LX-06'],
  ]);
});

test('F5 a further import of the same log is left alone until its own end', async () => {
  county = await County.open();
  const more = 'findings: true\nincrement: true\n';
  const first = `${OPEN}1,C1,a,2024-03-05 09:00,P1,D1,,,,\n`;
  expect(await importRows(county.server, first, { more })).toMatchObject({ badRows: 0 });
  let inTheMiddle: readonly unknown[] | null = null;
  await importRows(county.server, `${OPEN}2,C1,b,2024-03-06 09:00,P1,D1,,,,\n`, {
    more,
    beforeCommand: async ({ meta }) => {
      if (!meta.commandId.endsWith('/2')) return;
      await letPoliciesAct();
      inTheMiddle = await found();
    },
  });
  expect(inTheMiddle).toEqual([]);
  await letPoliciesAct();
  expect(await found()).toEqual([['IdleHolderFlagged', 'application-e-C1-RC-01']]);
});
