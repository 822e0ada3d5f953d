import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await publishChain(county.server);
  await county.account('works-window', 'window', 'housing-construction');
  await county.account('works-head', 'department-head', 'housing-construction');
  for (const id of ['mill', 'dam', 'kiln']) await county.project(id, 'chain');
});
afterAll(() => county.close());

const WORKS = { clerk: 'works-window', head: 'works-head' };

/** The notices to the applicant about ends of permits, application by application. */
async function told(): Promise<string[][]> {
  const { items } = await county.read('/notices', 'demo-applicant');
  return items
    .flatMap(({ application, notices }: Body) =>
      notices.map(({ kind, text, occurredAt }: Body) => [application, kind, text, occurredAt]),
    )
    .filter(([, kind]: string[]) => kind === 'permit-ending')
    .sort();
}

describe('notice before a permit comes to its end', () => {
  test('2.1c a construction permit not used within three months is announced 15 working days ahead, once', async () => {
    for (const matter of ['LX-06', 'LX-07', 'GC-02']) {
      await county.delivered(`mill-${matter}`);
    }
    await county.delivered('mill-SG-05', WORKS);
    await county.by('2027-01-31T16:00:00.000Z');
    expect(await told()).toEqual([]);
    // Three months after 24 November 2026 is Wednesday 24 February 2027, fifteen working days after 1 February: 春节 is off.
    await county.by('2027-01-31T16:00:00.001Z');
    const mill = ['mill-SG-05', 'permit-ending', '2027-02-24', '2027-01-31T16:00:00.000Z'];
    expect(await told()).toEqual([mill]);
    const { items } = await county.read(
      '/audit?stream=application-mill-SG-05&type=PermitEndAnnounced',
      'demo-supervisor',
    );
    expect(items.map(({ data }: Body) => data)).toEqual([
      {
        application: 'mill-SG-05',
        project: 'mill',
        cause: 'use',
        lastDay: '2027-02-24',
        article: '建筑法 Art. 9',
      },
    ]);
  });

  test('2.1c a holder who reports that the works have begun is not warned that the permit lapses', async () => {
    county.clock.to('2027-03-01T02:00:00.000Z');
    for (const matter of ['LX-06', 'LX-07', 'GC-02']) {
      await county.delivered(`kiln-${matter}`);
    }
    await county.delivered('kiln-SG-05', WORKS);
    const path = '/applications/kiln-SG-05';
    const use = (on: string, as = 'demo-applicant') => county.refused(`${path}/permit-use`, as, { on });
    expect([
      await use('2027-02-28'),
      await use('2027-03-02'),
      await use('2027-02-30'),
      await use('next week'),
      await use('2027-03-01', 'works-head'),
    ]).toEqual([
      '422 application.not-a-day-of-use',
      '422 application.not-a-day-of-use',
      '400 http.invalid-input',
      '400 http.invalid-input',
      '403 http.wrong-role',
    ]);
    county.clock.to('2027-04-06T02:00:00.000Z');
    await county.done(`${path}/permit-use`, 'demo-applicant', { on: '2027-04-05', note: '基坑开挖' });
    expect(await use('2027-04-06')).toBe('409 application.permit-used-already');
    expect((await county.read(path, 'demo-applicant'))['usedOn']).toBe('2027-04-05');
    expect((await county.timeline('kiln-SG-05')).at(-1)).toBe('PermitUsed');
    await county.by('2027-06-04T02:00:00.000Z');
    expect((await told()).filter(([id]) => id === 'kiln-SG-05')).toEqual([]);
  });

  test('2.1c A8 a permit granted until a day is announced too, after downtime as well, and anew when it was renewed', async () => {
    await county.delivered('dam-LX-06', { approval: { validUntil: '2027-08-31' } });
    const dam = ['dam-LX-06', 'permit-ending', '2027-08-31', '2027-07-16T16:00:00.000Z'];
    // The server was down for weeks; it is dated when it fell due.
    await county.by('2027-08-25T02:00:00.000Z');
    expect((await told()).filter(([id]) => id === 'dam-LX-06')).toEqual([dam]);
    await county.done('/applications/dam-LX-06/permit-renewal', 'demo-head', {
      validUntil: '2027-12-31',
      reason: '工期延长',
    });
    await county.by('2027-11-01T02:00:00.000Z');
    expect((await told()).filter(([id]) => id === 'dam-LX-06')).toEqual([dam]);
    await county.by('2027-12-20T02:00:00.000Z');
    expect((await told()).filter(([id]) => id === 'dam-LX-06')).toEqual([
      dam,
      ['dam-LX-06', 'permit-ending', '2027-12-31', '2027-11-15T16:00:00.000Z'],
    ]);
  });

  test('A9 a permit whose renewal waits for a decision goes on after its last day, and is not applied for again', async () => {
    const applied = { validUntil: '2028-12-31', reason: '工期延长' };
    for (const id of ['weir', 'lock']) {
      await county.project(id, 'chain');
      await county.delivered(`${id}-LX-06`, {
        approval: { permit: `用字第${id}号`, validUntil: '2028-02-29' },
      });
      await county.done(`/applications/${id}-LX-06/permit-renewal-application`, 'demo-applicant', applied);
    }
    /** How the permit stands and what its holder has to do, by the application and by its project. */
    const standing = async (id: string) => {
      const { permit, next } = await county.read(`/applications/${id}-LX-06`, 'demo-applicant');
      const project = await county.read(`/projects/${id}`, 'demo-applicant');
      const own = project.applications.find(({ application }: Body) => application === `${id}-LX-06`);
      return [permit, next?.act ?? null, own.outcome];
    };
    const of = (id: string, validUntil: string, stands: string) => ({
      number: `用字第${id}号`,
      validUntil,
      standing: stands,
    });
    const again = () => county.refused('/applications/weir-LX-06-2/submission', 'demo-applicant');
    county.clock.to('2028-02-28T02:00:00.000Z');
    await county.done('/applications/lock-LX-06/permit-renewal-refusal', 'demo-head', {
      article: '行政许可法 Art. 50',
      reason: '不再符合条件',
    });
    expect(await standing('lock')).toEqual([of('lock', '2028-02-29', 'in-force'), null, 'granted']);
    // The last day is over, and the policy that puts the renewal on record has not run yet.
    county.clock.to('2028-03-01T02:00:00.000Z');
    expect(await standing('weir')).toEqual([of('weir', '2028-02-29', 'in-force'), null, 'granted']);
    expect(await again()).toBe('409 application.round-in-force');
    await county.by('2028-03-01T02:00:00.000Z');
    expect(await standing('weir')).toEqual([of('weir', '2028-12-31', 'in-force'), null, 'granted']);
    expect(await standing('lock')).toEqual([of('lock', '2028-02-29', 'expired'), 'apply-again', 'expired']);
    county.clock.to('2029-01-01T02:00:00.000Z');
    expect(await standing('weir')).toEqual([of('weir', '2028-12-31', 'expired'), 'apply-again', 'expired']);
  });
});
