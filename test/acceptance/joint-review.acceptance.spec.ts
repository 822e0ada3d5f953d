import 'reflect-metadata';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { inShort, JointReviewCounty, midnightAfter, nine } from './joint-review-county.js';

let timed: JointReviewCounty;
beforeEach(async () => {
  timed = await JointReviewCounty.open();
});
afterEach(() => timed.close());

/** Opens and closes a session on its day. */
async function held(session: string): Promise<void> {
  const attendance = [{ department: 'water', person: 'water-head' }];
  await timed.done(`/sessions/${session}/opening`, 'demo-campaign', { chair: 'demo-leader', attendance });
  await timed.done(`/sessions/${session}/closing`, 'demo-campaign');
}

test('2.3a a session is due on the 1st and the 16th, moved to a worked day, and looks at what is disputed, overdue and stalled', async () => {
  await timed.tick(nine('02-03'));
  // The 16th of February 2026 is the Spring Festival: its session is held when work begins again.
  expect(await timed.statuses()).toEqual([['2026-02-16', '2026-02-24', 'scheduled']]);
  await timed.tick(nine('02-24'));
  expect(await timed.statuses()).toEqual([
    ['2026-03-01', '2026-03-02', 'scheduled'],
    ['2026-02-16', '2026-02-24', 'convened'],
  ]);
  expect(await timed.agendaOf('2026-02-16')).toEqual([]);
  await held('2026-02-16');

  timed.clock.to(nine('02-25'));
  await timed.accepted('mill');
  await timed.accepted('dam');
  await timed.tick(nine('03-02'));
  expect(await timed.agendaOf('2026-03-01')).toEqual([]);
  await held('2026-03-01');
  await timed.accepted('inn');
  await timed.done('/disputes', 'demo-head', {
    id: 'dam-dispute',
    application: 'dam-LX-06',
    departments: ['water'],
    reason: '在河道管理范围内',
  });
  await timed.done('/applications/mill-LX-06/steps', 'demo-head', { step: '踏勘' });
  await timed.tick(nine('03-16'));
  const agenda = await timed.agendaOf('2026-03-16');
  expect(agenda.map(inShort)).toEqual([
    ['dam-LX-06', ['disputed', 'overdue', 'stalled'], 0],
    ['mill-LX-06', ['overdue', 'stalled'], 0],
    ['inn-LX-06', ['overdue', 'stalled'], 0],
  ]);
  const [dam, mill] = agenda;
  expect(dam).toEqual({
    application: 'dam-LX-06',
    project: 'dam',
    projectName: 'dam 冷库',
    matter: 'LX-06',
    department: 'natural-resources',
    reasons: ['disputed', 'overdue', 'stalled'],
    cause: 'jurisdiction-dispute',
    dueAt: (await timed.read('/applications/dam-LX-06')).due.promised,
    dispute: 'dam-dispute',
    evidence: [
      {
        event: expect.any(String),
        position: expect.stringMatching(/^\d+$/),
        type: 'ApplicationDisputed',
        occurredAt: nine('03-02'),
      },
    ],
    carryCount: 0,
    resolution: null,
  });
  // Each item names the events it rests on, and they are in the log.
  const stream: string[] = [];
  for await (const { id } of timed.server.system.eventStore.readStream('application-mill-LX-06'))
    stream.push(id);
  expect(stream).toEqual(expect.arrayContaining(mill?.['evidence'].map(({ event }: Body) => event)));
});

test('2.3a attendance, resolutions with owner and deadline, closing; what is unresolved is on the next agenda with its count', async () => {
  timed.clock.to(nine('02-03'));
  await timed.accepted('mill');
  await timed.accepted('dam');
  await timed.tick(nine('02-24'));
  const session = '/sessions/2026-02-16';
  expect((await timed.agendaOf('2026-02-16')).map(inShort)).toEqual([
    ['dam-LX-06', ['overdue', 'stalled'], 0],
    ['mill-LX-06', ['overdue', 'stalled'], 0],
  ]);
  const refused = async (path: string, as: string, body: object) => {
    const { status, body: problem } = await timed.server.post(path, as, body);
    return [status, problem['code']];
  };
  const resolution = {
    application: 'mill-LX-06',
    resolution: '三个工作日内出具审查意见',
    department: 'water',
    lastDay: '2026-02-27',
    article: '行政许可法 Art. 42',
  };
  const attendance = [{ department: 'natural-resources', person: 'demo-head' }];
  const before = await timed.server.events();
  expect([
    await refused(`${session}/resolutions`, 'demo-campaign', resolution),
    await refused(`${session}/opening`, 'demo-head', { chair: 'x', attendance }),
    await refused(`${session}/opening`, 'demo-campaign', { chair: 'x', attendance: [] }),
    await refused(`${session}/opening`, 'demo-campaign', {
      chair: 'x',
      attendance: [{ department: 'castle', person: 'x' }],
    }),
    await refused('/sessions/2026-03-01/opening', 'demo-campaign', { chair: 'x', attendance }),
    await refused('/sessions/never/opening', 'demo-campaign', { chair: 'x', attendance }),
    await refused('/sessions', 'demo-campaign', { id: '2026-03-01', day: '2026-03-01' }),
  ]).toEqual([
    [409, 'session.not-open'],
    [403, 'http.wrong-role'],
    [400, 'http.invalid-input'],
    [422, 'session.unknown-department'],
    [409, 'session.not-convened'],
    [404, 'session.unknown'],
    [422, 'session.reserved-id'],
  ]);
  expect(await timed.server.events()).toBe(before);

  await timed.done(`${session}/opening`, 'demo-campaign', { chair: 'demo-leader', attendance });
  await timed.done(`${session}/resolutions`, 'demo-campaign', resolution);
  await timed.done(`${session}/closing`, 'demo-campaign', { note: '第一次例会' });
  const held = await timed.read(session);
  expect([held.status, held.chair, held.attendance, held.absent, held.carriedOver, held.note]).toEqual([
    'closed',
    'demo-leader',
    attendance,
    [],
    [{ application: 'dam-LX-06', carryCount: 1 }],
    '第一次例会',
  ]);
  expect(held.agenda[1].resolution).toEqual({
    resolution: '三个工作日内出具审查意见',
    department: 'water',
    lastDay: '2026-02-27',
    dueAt: midnightAfter('02-27'),
    article: '行政许可法 Art. 42',
    recordedBy: 'demo-campaign',
    at: nine('02-24'),
    report: null,
  });

  // Only the responsible department reports it as done, once.
  const report = { application: 'mill-LX-06', report: '审查意见已出具' };
  expect([
    await refused(`${session}/resolution-report`, 'demo-head', report),
    await refused(`${session}/resolution-report`, 'water-head', { ...report, application: 'dam-LX-06' }),
    await refused(`${session}/resolution-report`, 'water-head', { ...report, report: '' }),
  ]).toEqual([
    [403, 'session.not-your-resolution'],
    [422, 'session.nothing-resolved'],
    [400, 'http.invalid-input'],
  ]);
  await timed.done(`${session}/resolution-report`, 'water-head', report);
  expect(await refused(`${session}/resolution-report`, 'water-head', report)).toEqual([
    409,
    'session.reported-already',
  ]);
  expect((await timed.read(session)).agenda[1].resolution.report).toEqual({
    text: '审查意见已出具',
    by: 'water-head',
    at: nine('02-24'),
    late: false,
  });

  // A department sees what concerns it: what it has to do, and its own applications.
  const [owned] = (await timed.read('/sessions', 'water-head')).items;
  expect([owned.id, owned.agenda.map(({ application }: Body) => application)]).toEqual([
    '2026-02-16',
    ['mill-LX-06'],
  ]);
  expect((await timed.read(session, 'water-head')).agenda.map(inShort)).toHaveLength(1);
  expect((await timed.read(session, 'demo-head')).agenda.map(inShort)).toHaveLength(2);
  expect((await timed.read('/sessions', 'ecology-head')).items).toEqual([]);
  expect((await timed.server.get('/sessions', 'demo-applicant')).status).toBe(403);

  // What was resolved is carried no further; what was not, with its count; what has ended is settled.
  await timed.done('/applications/mill-LX-06/withdrawal', 'demo-applicant', { reason: '项目调整' });
  await timed.tick(nine('03-02'));
  expect((await timed.agendaOf('2026-03-01')).map(inShort)).toEqual([
    ['dam-LX-06', ['carried-over', 'overdue', 'stalled'], 1],
  ]);
  expect((await timed.read('/sessions/2026-03-01')).carriedFrom).toBe('2026-02-16');
  await timed.done('/sessions', 'demo-campaign', { id: 'flood-control', day: '2026-03-03' });
  expect((await timed.agendaOf('flood-control')).map(inShort)).toEqual([
    ['dam-LX-06', ['carried-over', 'overdue', 'stalled'], 2],
  ]);
  await timed.done('/applications/dam-LX-06/withdrawal', 'demo-applicant', { reason: '项目调整' });
  await timed.tick(nine('03-16'));
  const last = await timed.read('/sessions/2026-03-16');
  expect([last.agenda, last.settled]).toEqual([[], [{ application: 'dam-LX-06', carryCount: 3 }]]);
});

test('T5 only one of two sessions of one day resolves on an application, and none on one that has ended in the meantime', async () => {
  timed.clock.to(nine('02-03'));
  await timed.accepted('mill');
  await timed.accepted('dam');
  await timed.tick(nine('02-24'));
  await timed.done('/sessions', 'demo-campaign', { id: 'extra', day: '2026-02-24' });
  const sessions = ['2026-02-16', 'extra'];
  for (const session of sessions) {
    expect((await timed.agendaOf(session)).map(({ application }) => application)).toEqual([
      'dam-LX-06',
      'mill-LX-06',
    ]);
    const attendance = [{ department: 'natural-resources', person: 'demo-head' }];
    await timed.done(`/sessions/${session}/opening`, 'demo-campaign', { chair: 'demo-leader', attendance });
  }
  const resolve = (session: string, application: string, department: string) =>
    timed.server.post(`/sessions/${session}/resolutions`, 'demo-campaign', {
      ...{ application, resolution: '由该部门办理', department, lastDay: '2026-02-27' },
    });
  const answers = await Promise.all([
    resolve('2026-02-16', 'mill-LX-06', 'water'),
    resolve('extra', 'mill-LX-06', 'natural-resources'),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 409]);
  const [session, other] = answers[0].status === 409 ? sessions : [...sessions].reverse();
  const second = answers.find(({ status }) => status === 409);
  expect([second?.body['code'], second?.body['params']]).toEqual([
    'session.resolved-elsewhere',
    { session, application: 'mill-LX-06', other },
  ]);
  await timed.server.caughtUp();
  const owners = await Promise.all(
    sessions.map(async (one) => (await timed.agendaOf(one))[1]?.['resolution']),
  );
  expect(owners.filter((resolution) => resolution !== null)).toHaveLength(1);

  await timed.done('/applications/dam-LX-06/withdrawal', 'demo-applicant', { reason: '项目调整' });
  const late = await resolve('extra', 'dam-LX-06', 'water');
  expect([late.status, late.body['code'], late.body['params']]).toEqual([
    409,
    'session.case-ended',
    { session: 'extra', application: 'dam-LX-06', stage: 'withdrawn', stageZh: '已撤回申请' },
  ]);
});
