import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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
});
afterAll(() => server.remove());

/** A project that an office registers without saying whose it is. */
async function registered(id: string): Promise<void> {
  const { status } = await server.post('/projects', 'demo-campaign', { id, name: id, template: 'small' });
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
  test('has none, until whoever submits first becomes it', async () => {
    await registered('a1');
    expect(await applicantOf('a1')).toBeNull();
    expect((await server.get('/projects/a1', 'demo-applicant')).status).toBe(403);
    expect((await submit('a1', 'demo-applicant')).status).toBe(202);
    expect(await applicantOf('a1')).toBe('demo-applicant');
    expect((await server.get('/projects/a1', 'demo-applicant')).status).toBe(200);
    expect((await server.get('/applications/a1-LX-06', 'demo-applicant')).body['applicant']).toBe(
      'demo-applicant',
    );

    const other = await server.post('/applications/a1-LX-07/submission', 'other-applicant');
    expect(refusal(other)).toEqual([403, 'application.not-the-applicant', '行政许可法 Art. 29']);
  });

  test('takes the principal of an agent, and no agent without one', async () => {
    await registered('a2');
    expect(refusal(await submit('a2', 'an-agent'))).toEqual([
      403,
      'project.mandate-missing',
      '行政许可法 Art. 29',
    ]);
    expect(await applicantOf('a2')).toBeNull();
  });

  test('takes whom the window names, and the window has to name somebody', async () => {
    await registered('a3');
    expect(refusal(await submit('a3', 'demo-window'))).toEqual([
      422,
      'project.applicant-missing',
      '行政许可法 Art. 29',
    ]);
    expect((await submit('a3', 'demo-window', { applicant: 'other-applicant' })).status).toBe(202);
    expect(await applicantOf('a3')).toBe('other-applicant');
    const again = await server.post('/applications/a3-LX-07/submission', 'demo-window', {
      applicant: 'demo-applicant',
    });
    expect(refusal(again)).toEqual([422, 'application.applicant-differs', '行政许可法 Art. 29']);
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
      'other-applicant',
      {},
      { 'if-match': '"3"' },
    );
    expect(stale.status).toBe(412);
    expect(await typesOf('project-a4')).toEqual(['ProjectRegistered']);
  });

  test('the same submission again names nobody twice', async () => {
    await registered('a5');
    const headers = { 'idempotency-key': 'once' };
    const path = '/applications/a5-LX-06/submission';
    const first = await server.post(path, 'demo-applicant', {}, headers);
    const second = await server.post(path, 'demo-applicant', {}, headers);
    expect([second.status, second.body]).toEqual([202, first.body]);
    expect(await typesOf('project-a5')).toEqual(['ProjectRegistered', 'ApplicantNamed']);
    expect(await typesOf('application-a5-LX-06')).toEqual(['ApplicationSubmitted']);
  });

  test('two who submit at once: one becomes the applicant, the other is told', async () => {
    await registered('a6');
    const answers = await Promise.all([
      submit('a6', 'demo-applicant'),
      server.post('/applications/a6-LX-07/submission', 'other-applicant'),
    ]);
    const winner = await applicantOf('a6');
    expect(['demo-applicant', 'other-applicant']).toContain(winner);
    expect(answers.map(({ status }) => status === 202)).toEqual(
      winner === 'demo-applicant' ? [true, false] : [false, true],
    );
    expect(await typesOf('project-a6')).toEqual(['ProjectRegistered', 'ApplicantNamed']);
  });

  test('an office may name the applicant beforehand, once', async () => {
    await registered('a7');
    const name = (applicant: string) => server.post('/projects/a7/applicant', 'demo-campaign', { applicant });
    expect((await name('other-applicant')).status).toBe(202);
    expect((await name('other-applicant')).status).toBe(202);
    expect(refusal(await name('demo-applicant'))).toEqual([409, 'project.applicant-known', undefined]);
    expect(refusal(await submit('a7', 'demo-applicant'))).toEqual([
      403,
      'application.not-the-applicant',
      '行政许可法 Art. 29',
    ]);
    await server.caughtUp();
    const timeline = await server.get('/projects/a7/timeline', 'other-applicant');
    expect(timeline.body['items'].map((entry: { type: string }) => entry.type)).toEqual([
      'ProjectRegistered',
      'ApplicantNamed',
    ]);
  });
});
