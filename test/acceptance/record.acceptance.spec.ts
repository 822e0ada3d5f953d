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

it('F16 更正: a slip of the pen is corrected, and the event stays as it was written', async () => {
  const correction = { revision: 1, field: 'note', value: '材料齐全，共三份', reason: '错别字' };
  await county.done(`${path}/corrections`, 'demo-window', correction);
  const { items } = await county.read('/audit?stream=application-mill-LX-06&limit=2', 'demo-supervisor');
  expect(items.map(({ type, data }: Body) => [type, data.note, data.before, data.after])).toEqual([
    ['RecordCorrected', undefined, '材料齐全，共三分', '材料齐全，共三份'],
    ['ApplicationAccepted', '材料齐全，共三分', undefined, undefined],
  ]);
  // F16 The timeline shows the corrected reading, and next to it what was written.
  const timeline = await county.read(`${path}/timeline?limit=10`, 'demo-supervisor');
  const accepted = timeline.items.find(({ type }: Body) => type === 'ApplicationAccepted');
  expect([accepted.note, accepted.corrections]).toEqual([
    '材料齐全，共三份',
    [
      {
        ...{ field: 'note', original: '材料齐全，共三分', reading: '材料齐全，共三份' },
        ...{ at: '2026-11-24T02:00:00.000Z', revision: '2' },
      },
    ],
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
  // A step of the review is on record now: what may be done has changed.
  const changed = { backEntries: 1, revision: '3', lamp: after['lamp'], allowed: after['allowed'] };
  expect(after).toEqual({ ...before, ...changed });
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

it('F16 a correction of a correction stands, what was written first stays next to it; a permit is read as corrected', async () => {
  await county.project('dam');
  await county.done('/applications/dam-LX-06/submission', 'demo-applicant');
  await county.done('/applications/dam-LX-06/acceptance', 'demo-window');
  await county.review('dam-LX-06');
  await county.done('/applications/dam-LX-06/approval', 'demo-head', { opinion: '同义', permit: '字第1号' });
  for (const [field, value] of [
    ['opinion', '同仪'],
    ['opinion', '同意'],
    ['permit', '字第2号'],
  ])
    await county.done('/applications/dam-LX-06/corrections', 'demo-head', {
      ...{ revision: 3, field, value, reason: '错别字' },
    });
  const { items } = await county.read('/applications/dam-LX-06/timeline?limit=20', 'demo-supervisor');
  const approval = items.find(({ type }: Body) => type === 'ApplicationApproved');
  expect(approval.note).toBe('同意');
  expect(
    approval.corrections.map(({ field, original, reading, revision }: Body) => [
      field,
      original,
      reading,
      revision,
    ]),
  ).toEqual([
    ['opinion', '同义', '同意', '5'],
    ['permit', '字第1号', '字第2号', '6'],
  ]);
});
