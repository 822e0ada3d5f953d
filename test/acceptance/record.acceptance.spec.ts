import 'reflect-metadata';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
const path = '/applications/mill-LX-06';
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
  await county.done(`${path}/submission`, 'demo-applicant');
  await county.done(`${path}/acceptance`, 'demo-window', { note: '材料齐全，共三分' });
});
afterAll(() => county.close());

it('更正: a slip of the pen is corrected, and the event stays as it was written', async () => {
  const correction = { revision: 1, field: 'note', value: '材料齐全，共三份', reason: '错别字' };
  await county.done(`${path}/corrections`, 'demo-window', correction);
  const { items } = await county.read('/audit?stream=application-mill-LX-06&limit=2', 'demo-supervisor');
  expect(items.map(({ type, data }: Body) => [type, data.note, data.before, data.after])).toEqual([
    ['RecordCorrected', undefined, '材料齐全，共三分', '材料齐全，共三份'],
    ['ApplicationAccepted', '材料齐全，共三分', undefined, undefined],
  ]);
  const events = await county.server.events();
  expect([
    await county.refused(`${path}/corrections`, 'demo-window', { ...correction, revision: 77 }),
    await county.refused(`${path}/corrections`, 'demo-window', { ...correction, field: 'permit' }),
    await county.refused(`${path}/corrections`, 'demo-window', { ...correction, field: 'due' }),
    await county.refused(`${path}/corrections`, 'demo-window', correction),
  ]).toEqual([
    '422 application.no-such-record',
    '422 application.nothing-to-correct',
    '400 http.invalid-input',
    '422 application.correction-changes-nothing',
  ]);
  expect(await county.server.events()).toBe(events);
});

it('补录: what happened on paper keeps its own time, is flagged, and moves nothing', async () => {
  county.clock.to('2026-12-01T02:00:00.000Z');
  const before = await county.read(path, 'demo-head');
  const entry = {
    step: '现场踏勘',
    happenedAt: '2026-11-25T09:30:00+08:00',
    reason: '系统停机',
    scan: 'b'.repeat(64),
  };
  await county.done(`${path}/back-entries`, 'demo-reviewer', entry);
  const { items } = await county.read('/audit?type=BackEntryRecorded', 'demo-supervisor');
  expect(items.map(({ occurredAt, recordedAt, data }: Body) => ({ occurredAt, recordedAt, data }))).toEqual([
    {
      occurredAt: '2026-11-25T01:30:00.000Z',
      recordedAt: '2026-12-01T02:00:00.000Z',
      data: {
        application: 'mill-LX-06',
        project: 'mill',
        step: '现场踏勘',
        reason: '系统停机',
        scan: 'b'.repeat(64),
        workingDays: 4,
      },
    },
  ]);
  const after = await county.read(path, 'demo-head');
  expect(after).toEqual({ ...before, backEntries: 1, revision: '3', lamp: after['lamp'] });
  // Its place in the timeline is when it happened.
  expect(await county.timeline('mill-LX-06')).toEqual([
    'ApplicationSubmitted',
    'ApplicationAccepted',
    'RecordCorrected',
    'BackEntryRecorded',
  ]);
  const workload = await county.read(
    '/reports/workload?by=person&department=natural-resources',
    'demo-leader',
  );
  expect(workload['items'].map(({ person, backEntries }: Body) => [person, backEntries]).sort()).toEqual([
    ['demo-reviewer', 1],
    ['demo-window', 0],
  ]);
  expect([
    await county.refused(`${path}/back-entries`, 'demo-reviewer', {
      ...entry,
      happenedAt: '2026-12-02T09:00:00+08:00',
    }),
    await county.refused(`${path}/back-entries`, 'demo-reviewer', {
      ...entry,
      happenedAt: '2026-12-01T09:00:00+08:00',
    }),
    await county.refused(`${path}/back-entries`, 'demo-reviewer', {
      ...entry,
      happenedAt: '2026-02-30T09:00:00+08:00',
    }),
    await county.refused(`${path}/back-entries`, 'demo-reviewer', { ...entry, scan: 'none' }),
  ]).toEqual([
    '422 application.not-happened-yet',
    '422 application.no-back-entry',
    '400 http.invalid-input',
    '400 http.invalid-input',
  ]);
});
