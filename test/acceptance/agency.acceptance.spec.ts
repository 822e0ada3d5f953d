import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import { type Body, TestServer } from '../e2e/server.js';

/** A server whose clock stands where the test puts it. */
class MovableClock {
  constructor(public at: string) {}

  now(): number {
    return Date.parse(this.at);
  }
}

let server: TestServer;
const clock = new MovableClock('2026-03-02T01:00:00.000Z');
beforeAll(async () => {
  server = await TestServer.start({ clock });
  for (const id of ['an-agent', 'another-agent']) {
    const account = { id, displayName: id, role: 'agent', password: 'a-long-enough-password' };
    expect((await server.post('/accounts', 'demo-admin', account)).status).toBe(201);
  }
  await server.post('/projects', 'demo-applicant', { id: 'mill', name: '水磨', template: 'small' });
  await server.post('/projects', 'demo-applicant', { id: 'dam', name: '水坝', template: 'small' });
});
afterAll(() => server.remove());

const under = (mandate: string) => ({ mandate });
const grant = (id: string, over: object = {}) =>
  server.post('/mandates', 'demo-applicant', { id, agent: 'an-agent', lastDay: '2026-03-31', ...over });

async function streamOf(stream: string): Promise<StoredEvent[]> {
  const events: StoredEvent[] = [];
  for await (const event of server.system.eventStore.readStream(stream)) events.push(event);
  return events;
}

describe('agency service', () => {
  test('2.3f each delegated command has the agent as actor and the applicant as onBehalfOf', async () => {
    expect((await grant('whole')).status).toBe(201);
    const registered = await server.post(
      '/projects',
      'an-agent',
      { id: 'inn', name: '客栈', template: 'small' },
      under('whole'),
    );
    expect(registered.status).toBe(201);
    const submitted = await server.post('/applications/inn-LX-06/submission', 'an-agent', {}, under('whole'));
    await server.post('/applications/inn-LX-06/supplement-request', 'demo-window', {
      items: [{ material: '宗地图', reason: '缺图' }],
    });
    const supplied = await server.post('/applications/inn-LX-06/supplement', 'an-agent', {}, under('whole'));
    const escalated = await server.post(
      '/applications/inn-LX-06/escalation',
      'an-agent',
      { reason: '请尽快办理' },
      under('whole'),
    );
    const withdrawn = await server.post('/applications/inn-LX-06/withdrawal', 'an-agent', {}, under('whole'));
    expect([submitted, supplied, escalated, withdrawn].map(({ status }) => status)).toEqual([
      202, 202, 202, 202,
    ]);

    const both = {
      actor: { person: 'an-agent', post: null, department: null, role: 'agent' },
      onBehalfOf: { person: 'demo-applicant', post: null, department: null, role: 'applicant' },
    };
    const events = [...(await streamOf('project-inn')), ...(await streamOf('application-inn-LX-06'))];
    const delegated = events.filter(({ metadata }) => metadata.actor.role === 'agent');
    expect(
      delegated.map(({ type, metadata: { actor, onBehalfOf } }) => [type, { actor, onBehalfOf }]),
    ).toEqual(
      [
        'ProjectRegistered',
        'ApplicationSubmitted',
        'SupplementSubmitted',
        'ApplicationEscalated',
        'ApplicationWithdrawn',
      ].map((type) => [type, both]),
    );
    await server.caughtUp();
    const timeline = await server.get(
      `/applications/inn-LX-06/timeline?after=${withdrawn.body.position}`,
      'demo-applicant',
    );
    expect(timeline.body.items[0]).toMatchObject({ person: 'an-agent', onBehalfOf: 'demo-applicant' });
    const project = await server.get('/projects/inn', 'demo-applicant');
    expect([project.status, project.body.applicant]).toEqual([200, 'demo-applicant']);
  });

  test('2.3f a mandate that expired gives 403 with its code, and nothing is stored', async () => {
    expect((await grant('short', { lastDay: '2026-03-03', project: 'mill' })).status).toBe(201);
    clock.at = '2026-03-03T15:59:59.999Z';
    const inTime = await server.post('/applications/mill-LX-06/submission', 'an-agent', {}, under('short'));
    expect(inTime.status).toBe(202);
    clock.at = '2026-03-03T16:00:00.000Z';
    const before = await server.events();
    const late = await server.post('/applications/mill-LX-07/submission', 'an-agent', {}, under('short'));
    expect([late.status, late.body.code, late.body.article, late.body.params, late.body.messages]).toEqual([
      403,
      'mandate.expired',
      '行政许可法 Art. 29',
      { mandate: 'short', lastDay: '2026-03-03' },
      {
        zh: '委托 short 已于2026年3月3日到期',
        en: 'Mandate short expired at the end of 2026-03-03',
      },
    ]);
    expect(await server.events()).toBe(before);
  });

  test('2.3f without a good mandate for this very project an agent does nothing in it', async () => {
    await grant('dam-only', { project: 'dam' });
    await grant('taken-back');
    expect(
      (await server.post('/mandates/taken-back/revocation', 'demo-applicant', { reason: '更换代办员' }))
        .status,
    ).toBe(202);
    const before = await server.events();
    const submit = (as: string, headers: Record<string, string>) =>
      server.post('/applications/mill-LX-07/submission', as, {}, headers);
    const refusals = [
      await submit('an-agent', {}),
      await submit('an-agent', under('dam-only')),
      await submit('an-agent', under('taken-back')),
      await submit('another-agent', under('whole')),
      await submit('an-agent', under('nothing')),
      await submit('an-agent', under('../x')),
      await submit('demo-applicant', under('whole')),
      await server.post(
        '/projects',
        'an-agent',
        { id: 'barn', name: '谷仓', template: 'small' },
        under('dam-only'),
      ),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [403, 'application.not-the-applicant'],
      [403, 'mandate.other-project'],
      [403, 'mandate.revoked'],
      [403, 'mandate.not-yours'],
      [403, 'mandate.not-yours'],
      [400, 'http.invalid-input'],
      [403, 'mandate.not-yours'],
      [403, 'mandate.other-project'],
    ]);
    expect(await server.events()).toBe(before);
    expect(
      (await server.post('/applications/dam-LX-06/submission', 'an-agent', {}, under('dam-only'))).status,
    ).toBe(202);
  });

  test('2.3f the register shows each side its own mandates, and what is not lawful is refused', async () => {
    await server.caughtUp();
    const standing = (answer: { body: Body }) =>
      answer.body.items.map(({ id, status }: Body) => [id, status]).sort();
    const all = [
      ['dam-only', 'in-force'],
      ['short', 'expired'],
      ['taken-back', 'revoked'],
      ['whole', 'in-force'],
    ];
    expect(standing(await server.get('/mandates', 'an-agent'))).toEqual(all);
    expect(standing(await server.get('/mandates', 'demo-applicant'))).toEqual(all);
    expect(standing(await server.get('/mandates', 'another-agent'))).toEqual([]);
    const refusals = [
      await grant('whole'),
      await grant('m1', { agent: 'demo-window' }),
      await grant('m2', { lastDay: '2026-02-30' }),
      await grant('m3', { lastDay: '2026-03-01' }),
      await grant('m4', { applicant: 'somebody' }),
      await grant('m5', { lastDay: 'soon' }),
      await server.post('/mandates', 'demo-head', { id: 'm6', agent: 'an-agent', lastDay: '2026-03-31' }),
    ];
    expect(refusals.map(({ status, body }) => [status, body.code])).toEqual([
      [409, 'mandate.exists'],
      [422, 'mandate.not-an-agent'],
      [400, 'http.invalid-input'],
      [422, 'mandate.ends-in-the-past'],
      [403, 'mandate.not-yours'],
      [400, 'http.invalid-input'],
      [403, 'http.wrong-role'],
    ]);
  });

  test('2.3f an agent sees the applications of the applicants who gave them a mandate, while it is valid', async () => {
    clock.at = '2026-03-10T01:00:00.000Z';
    await grant('view', { agent: 'another-agent', project: 'dam', lastDay: '2026-03-10' });
    await server.caughtUp();
    const seen = async (as: string) => {
      const { status, body } = await server.get('/worklist', as);
      return [status, body.items.map(({ id }: Body) => id).sort()];
    };
    const looks = async (as: string, ...paths: readonly string[]) =>
      Promise.all(paths.map(async (path) => (await server.get(path, as)).status));
    const paths = [
      '/applications/dam-LX-06',
      '/applications/dam-LX-06/timeline',
      '/applications/dam-LX-06/clock',
      '/projects/dam',
      '/projects/dam/timeline',
    ];
    expect(await seen('another-agent')).toEqual([200, ['dam-LX-06']]);
    expect(await looks('another-agent', ...paths)).toEqual([200, 200, 200, 200, 200]);
    // A mandate for one project shows no other.
    expect(await looks('another-agent', '/applications/mill-LX-06', '/projects/mill')).toEqual([403, 403]);
    const listed = await server.get('/projects?applicant=demo-applicant', 'another-agent');
    expect(listed.body.items.map(({ id }: Body) => id)).toEqual(['dam']);
    expect(
      await looks('another-agent', '/projects?applicant=somebody', '/worklist?person=demo-applicant'),
    ).toEqual([403, 403]);
    // 24:00 in China: the last day is over.
    clock.at = '2026-03-10T16:00:00.000Z';
    expect(await seen('another-agent')).toEqual([200, []]);
    expect(await looks('another-agent', ...paths)).toEqual([403, 403, 403, 403, 403]);
    // One for all projects, and one that was taken back before.
    expect(await seen('an-agent')).toEqual([200, ['dam-LX-06', 'mill-LX-06']]);
    await server.post('/mandates/whole/revocation', 'demo-applicant', { reason: '更换代办员' });
    await server.caughtUp();
    expect(await seen('an-agent')).toEqual([200, ['dam-LX-06']]);
    expect(await looks('an-agent', '/applications/dam-LX-06', '/applications/mill-LX-06')).toEqual([
      200, 403,
    ]);
  });
});
