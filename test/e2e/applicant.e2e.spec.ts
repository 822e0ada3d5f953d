import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Policies } from '#libs/shell/system';
import { HandClock } from '../support/hand-clock.js';
import { type Answer, TestServer } from './server.js';

let server: TestServer;
beforeAll(async () => {
  server = await TestServer.start();
  for (const [name, role] of [
    ['other-applicant', 'applicant'],
    ['an-agent', 'agent'],
  ]) {
    await server.post('/accounts', 'demo-admin', {
      id: name,
      displayName: name,
      role,
      password: 'long enough',
    });
  }
  const staff = { role: 'window', department: 'water', post: '窗口' };
  const clerk = {
    id: 'water-window',
    displayName: '水务窗口',
    password: 'heron-lantern-42-quarry',
    ...staff,
  };
  expect((await server.post('/accounts', 'demo-admin', clerk)).status).toBe(201);
});
afterAll(() => server.remove());

/** A project that an office registers without saying whose it is. */
async function registered(id: string): Promise<void> {
  const { status } = await server.post('/projects', 'demo-window', { id, name: id, template: 'small' });
  expect(status).toBe(201);
}
const submit = (id: string, as: string, body: object = {}) =>
  server.post(`/applications/${id}-LX-06/submission`, as, body);
const applicantOf = async (id: string): Promise<unknown> => {
  await server.caughtUp();
  return (await server.get(`/projects/${id}`, 'demo-campaign')).body['applicant'];
};
const refusal = ({ status, body }: Answer) => [status, body['code'], body['article']];
const typesOf = async (stream: string): Promise<string[]> => {
  const types = [];
  for await (const { type } of server.system.eventStore.readStream(stream, 0n)) types.push(type);
  return types;
};

describe('a project that an office registers without an applicant', () => {
  test('D10 does not belong to the first to submit: neither an applicant nor an agent becomes its owner', async () => {
    await registered('a1');
    expect(await applicantOf('a1')).toBeNull();
    const answers = [
      await submit('a1', 'demo-applicant'),
      await submit('a1', 'an-agent'),
      await server.post('/projects/a1/stage-submission', 'demo-applicant', { stage: '立项用地规划许可' }),
      await server.post('/projects/a1/applicant', 'demo-applicant', { applicant: 'demo-applicant' }),
    ];
    expect(answers.map(refusal)).toEqual([
      [403, 'application.project-unnamed', '行政许可法 Art. 29'],
      [403, 'application.project-unnamed', '行政许可法 Art. 29'],
      [403, 'project.not-the-applicant', '行政许可法 Art. 29'],
      [403, 'http.wrong-role', undefined],
    ]);
    expect(await typesOf('project-a1')).toEqual(['ProjectRegistered']);
    expect((await server.get('/projects/a1', 'demo-applicant')).status).toBe(403);
  });

  test('D10 takes whom the window of the registering department names, an account that there is', async () => {
    await registered('a3');
    expect(refusal(await submit('a3', 'demo-window'))).toEqual([
      422,
      'project.applicant-missing',
      '行政许可法 Art. 29',
    ]);
    expect((await submit('a3', 'demo-window', { applicant: 'nobody' })).body['code']).toBe(
      'reference.no-account',
    );
    expect(await typesOf('project-a3')).toEqual(['ProjectRegistered']);
    expect((await submit('a3', 'demo-window', { applicant: 'other-applicant' })).status).toBe(202);
    expect(await applicantOf('a3')).toBe('other-applicant');
    const again = await server.post('/applications/a3-LX-07/submission', 'demo-window', {
      applicant: 'demo-applicant',
    });
    expect(refusal(again)).toEqual([422, 'application.applicant-differs', '行政许可法 Art. 29']);
    const other = await server.post('/applications/a3-LX-07/submission', 'demo-applicant');
    expect(refusal(other)).toEqual([403, 'application.not-the-applicant', '行政许可法 Art. 29']);
  });

  test('a submission that is refused leaves no applicant behind', async () => {
    await registered('a4');
    // 施工许可 belongs to another department than this window's.
    const elsewhere = await server.post('/applications/a4-SG-05/submission', 'demo-window', {
      applicant: 'other-applicant',
    });
    expect(refusal(elsewhere)).toEqual([403, 'application.other-department', '行政许可法 Art. 22']);
    const stale = await server.post(
      '/applications/a4-LX-06/submission',
      'demo-window',
      { applicant: 'other-applicant' },
      { 'if-match': '"3"' },
    );
    expect(stale.status).toBe(412);
    expect(await typesOf('project-a4')).toEqual(['ProjectRegistered']);
  });

  test('the same submission again names no second applicant', async () => {
    await registered('a5');
    const headers = { 'idempotency-key': 'once' };
    const path = '/applications/a5-LX-06/submission';
    const body = { applicant: 'demo-applicant' };
    const first = await server.post(path, 'demo-window', body, headers);
    const second = await server.post(path, 'demo-window', body, headers);
    expect([second.status, second.body]).toEqual([202, first.body]);
    expect(await typesOf('project-a5')).toEqual(['ProjectRegistered', 'ApplicantNamed']);
    expect(await typesOf('application-a5-LX-06')).toEqual(['ApplicationSubmitted']);
  });

  test('D10 is named and corrected by that department only, with a reason, until the first acceptance', async () => {
    await registered('a7');
    const name = (as: string, applicant: string) => server.post('/projects/a7/applicant', as, { applicant });
    const correct = (as: string, body: object) => server.post('/projects/a7/applicant-correction', as, body);
    const mistake = { applicant: 'other-applicant', reason: '登记时写错' };
    expect(refusal(await name('water-window', 'demo-applicant'))).toEqual([
      403,
      'project.not-the-registrar',
      '行政许可法 Art. 29',
    ]);
    expect(refusal(await correct('demo-window', mistake))).toEqual([
      409,
      'project.applicant-unnamed',
      undefined,
    ]);
    expect((await name('demo-window', 'demo-applicant')).status).toBe(202);
    expect((await name('demo-window', 'demo-applicant')).status).toBe(202);
    expect(refusal(await name('demo-window', 'other-applicant'))).toEqual([
      409,
      'project.applicant-known',
      undefined,
    ]);
    expect(refusal(await correct('water-window', mistake))).toEqual([
      403,
      'project.not-the-registrar',
      '行政许可法 Art. 29',
    ]);
    expect((await correct('demo-window', { applicant: 'other-applicant' })).status).toBe(400);
    expect((await correct('demo-window', mistake)).status).toBe(202);
    expect(await applicantOf('a7')).toBe('other-applicant');
    expect(refusal(await submit('a7', 'demo-applicant'))).toEqual([
      403,
      'application.not-the-applicant',
      '行政许可法 Art. 29',
    ]);
    expect((await submit('a7', 'other-applicant')).status).toBe(202);
    // Handed in is not accepted: what was handed in goes with the project.
    const back = { applicant: 'demo-applicant', reason: '又写错' };
    expect((await correct('demo-window', back)).status).toBe(202);
    await server.caughtUp();
    const seen = (as: string) =>
      Promise.all(
        ['/projects/a7', '/applications/a7-LX-06', '/applications/a7-LX-06/timeline'].map(
          async (path) => (await server.get(path, as)).status,
        ),
      );
    expect(await seen('demo-applicant')).toEqual([200, 200, 200]);
    expect(await seen('other-applicant')).toEqual([403, 403, 403]);
    const withdrawn = await server.post('/applications/a7-LX-06/withdrawal', 'other-applicant', {
      reason: '不办了',
    });
    expect(refusal(withdrawn)).toEqual([403, 'application.not-the-applicant', '行政许可法 Art. 29']);
    expect((await server.post('/applications/a7-LX-06/acceptance', 'demo-window')).status).toBe(202);
    expect(refusal(await correct('demo-window', mistake))).toEqual([409, 'project.accepted', undefined]);
    await server.caughtUp();
    const timeline = await server.get('/projects/a7/timeline', 'demo-applicant');
    expect(timeline.body['items'].map((entry: { type: string }) => entry.type)).toEqual([
      'ProjectRegistered',
      'ApplicantNamed',
      'ApplicantCorrected',
      'ApplicationSubmitted',
      'ApplicantCorrected',
      'ApplicationApplicantCorrected',
      'ApplicationAccepted',
    ]);
  });
});

describe('correcting the applicant when acceptance is deemed (行政许可法 Art. 32(4))', () => {
  /** Monday 2 March 2026, 9:00 in China; five working days later the term for a notice is over. */
  const MONDAY = '2026-03-02T01:00:00.000Z';
  const FIFTH_DAY = '2026-03-09T15:59:59.000Z';
  const OVER = '2026-03-09T16:00:00.001Z';
  const clock = new HandClock(MONDAY);
  let timed: TestServer;
  beforeAll(async () => {
    timed = await TestServer.start({ clock });
    const other = { id: 'other-applicant', displayName: '另一申请人', role: 'applicant' };
    expect((await timed.post('/accounts', 'demo-admin', other)).status).toBe(201);
  });
  afterAll(() => timed.remove());

  /** Handed in for the wrong applicant, on Monday. */
  async function submitted(id: string): Promise<void> {
    clock.to(MONDAY);
    const registered = { id, name: id, template: 'small' };
    expect((await timed.post('/projects', 'demo-window', registered)).status).toBe(201);
    const body = { applicant: 'demo-applicant' };
    expect((await timed.post(`/applications/${id}-LX-06/submission`, 'demo-window', body)).status).toBe(202);
  }
  const correct = (id: string, applicant: string) =>
    timed.post(`/projects/${id}/applicant-correction`, 'demo-window', { applicant, reason: '登记时写错' });
  const typesIn = async (id: string): Promise<string[]> => {
    const types: string[] = [];
    for await (const { type, stream } of timed.system.eventStore.readAll(null))
      if (stream === `project-${id}` || stream === `application-${id}-LX-06`) types.push(type);
    return types;
  };

  test('D10 the last moment of the fifth working day is not too late, the next is, before and after it is on record', async () => {
    await submitted('d1');
    clock.to(FIFTH_DAY);
    expect((await correct('d1', 'other-applicant')).status).toBe(202);
    clock.to(OVER);
    const tooLate = await correct('d1', 'demo-applicant');
    expect([refusal(tooLate), tooLate.body['params']]).toEqual([
      [409, 'project.accepted', undefined],
      { project: 'd1', application: 'd1-LX-06' },
    ]);
    await timed.app.get(Policies).catchUp();
    expect(await typesIn('d1')).toContain('ApplicationDeemedAccepted');
    const before = await typesIn('d1');
    expect(refusal(await correct('d1', 'demo-applicant'))).toEqual([409, 'project.accepted', undefined]);
    expect(await typesIn('d1')).toEqual(before);
    await timed.caughtUp();
    expect((await timed.get('/projects/d1', 'demo-campaign')).body['applicant']).toBe('other-applicant');
  });

  test('D10 where a one-time notice was given in time nothing is deemed accepted, and the applicant is still corrected', async () => {
    await submitted('d2');
    const items = [{ material: '宗地图', reason: '缺图' }];
    const notice = await timed.post('/applications/d2-LX-06/supplement-request', 'demo-window', { items });
    expect(notice.status).toBe(202);
    clock.to(OVER);
    await timed.app.get(Policies).catchUp();
    expect(await typesIn('d2')).not.toContain('ApplicationDeemedAccepted');
    expect((await correct('d2', 'other-applicant')).status).toBe(202);
  });
});
