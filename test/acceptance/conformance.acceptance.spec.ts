import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { publishChain } from '../support/chain-template.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await publishChain(county.server);
  await county.account('water-head', 'department-head', 'water');
  await county.account('water-reviewer', 'reviewer', 'water');
});
afterAll(() => county.close());

const PREFIX = '/applications/';
const submit = (id: string) => county.handIn(id);
const accept = (id: string) => county.done(`${PREFIX}${id}/acceptance`, 'demo-window');
const assign = (id: string) =>
  county.done(`${PREFIX}${id}/assignment`, 'demo-head', { person: 'demo-reviewer' });
const approve = (id: string, as = 'demo-head') => county.done(`${PREFIX}${id}/approval`, as);
const conformance = (id: string) => county.read(`/projects/${id}/conformance`, 'demo-supervisor');
const codes = (body: Body): [string, string][] =>
  body.items.map(({ code, application }: Body) => [code, application]);

/** The evidence of a deviation, read from the log itself: type and stream of each event it names. */
async function proofs({ evidence }: Body): Promise<unknown[]> {
  return Promise.all(
    evidence.map(async ({ event, position, type, occurredAt }: Body) => {
      const stored = await county.server.system.eventStore.readAt(BigInt(position));
      expect([stored?.id, stored?.type, stored?.metadata.occurredAt]).toEqual([event, type, occurredAt]);
      return [type, stored?.stream];
    }),
  );
}

/** Puts on record that an application was closed, as releases did that let it be closed before its prerequisites. */
async function closedByFormerRelease(application: string): Promise<void> {
  const { eventStore } = county.server.system;
  const stream = `application-${application}`;
  const window = { person: 'demo-window', post: '窗口', department: 'natural-resources' };
  const actor = { ...window, role: 'window' } as const;
  for await (const { revision, data, metadata } of eventStore.readStream(stream)) {
    const { custody, project } = data as Body;
    const stoppedAt = metadata.occurredAt;
    const ended = { by: custody.holder, from: stoppedAt, to: stoppedAt };
    const clock = { stoppedAt, latePromised: false, lateStatutory: null };
    await eventStore.append(stream, revision, [
      {
        id: '00000000-0000-5000-8000-000000000001',
        type: 'ApplicationClosed',
        version: 1,
        data: { application, project, outcome: '方案已审', clock, custody: { ended, holder: null } },
        metadata: { ...metadata, actor, commandId: 'closed-by-former-release' },
      },
    ]);
    return;
  }
}

describe('each case compared with its process', () => {
  test('2.2a a clean case shows no deviation', async () => {
    await county.project('clean', 'chain');
    for (const id of ['clean-LX-06', 'clean-LX-07']) {
      await submit(id);
      await accept(id);
      await assign(id);
      await county.done(`${PREFIX}${id}/steps`, 'demo-reviewer', { step: '审查' });
      await approve(id);
      await county.done(`${PREFIX}${id}/delivery`, 'demo-window', { recipient: 'demo-applicant' });
    }
    await submit('clean-GC-02');
    expect(await conformance('clean')).toEqual({
      project: 'clean',
      template: 'chain',
      templateVersion: 1,
      conforms: true,
      items: [],
      asOf: { position: expect.any(String), recordedAt: expect.any(String), lagMs: 0 },
      basis: expect.any(Object),
    });
  });

  test('2.2a a case that skips a prerequisite shows a named deviation with its evidence', async () => {
    await county.project('skips', 'government-investment');
    await submit('skips-GC-01');
    expect(await county.refused(`${PREFIX}skips-GC-01/closure`, 'demo-window', { outcome: '方案已审' })).toBe(
      '409 application.prerequisites-not-granted',
    );
    await closedByFormerRelease('skips-GC-01');
    const body = await conformance('skips');
    expect(codes(body)).toEqual([
      ['submitted-before-prerequisite', 'skips-GC-01'],
      ['granted-before-prerequisite', 'skips-GC-01'],
      ['acceptance-skipped', 'skips-GC-01'],
      ['review-skipped', 'skips-GC-01'],
    ]);
    const [early, before, ...steps] = body.items;
    expect({ ...early, evidence: await proofs(early) }).toEqual({
      code: 'submitted-before-prerequisite',
      aspect: 'order',
      application: 'skips-GC-01',
      matter: 'GC-01',
      department: 'natural-resources',
      missing: ['skips-LX-07'],
      zh: '建设工程设计方案审查 (skips-GC-01)：前一阶段的前置审批事项尚未批准，即已提交: 建设用地规划许可证核发 (skips-LX-07)',
      en: '建设工程设计方案审查 (skips-GC-01) was submitted before a prerequisite of an earlier stage was granted: 建设用地规划许可证核发 (skips-LX-07)',
      evidence: [['ApplicationSubmitted', 'application-skips-GC-01']],
    });
    expect([before.missing, await proofs(before)]).toEqual([
      ['skips-LX-07'],
      [['ApplicationClosed', 'application-skips-GC-01']],
    ]);
    for (const step of steps) {
      expect(await proofs(step)).toEqual([['ApplicationClosed', 'application-skips-GC-01']]);
    }
    expect(body.conforms).toBe(false);
  });

  test('2.2a a decision of another department is named, with the transfer that led to it', async () => {
    await county.project('moved');
    await submit('moved-LX-06');
    await accept('moved-LX-06');
    await assign('moved-LX-06');
    const to = { department: 'water', reason: '在河道管理范围内' };
    await county.done(`${PREFIX}moved-LX-06/transfer`, 'demo-reviewer', to);
    await county.done(`${PREFIX}moved-LX-06/assignment`, 'water-head', { person: 'water-reviewer' });
    await county.review('moved-LX-06', 'water-reviewer');
    await approve('moved-LX-06', 'water-head');
    const body = await conformance('moved');
    expect(codes(body)).toEqual([['decided-by-other-department', 'moved-LX-06']]);
    expect(await proofs(body.items[0])).toEqual([
      ['ApplicationTransferred', 'application-moved-LX-06'],
      ['ApplicationApproved', 'application-moved-LX-06'],
    ]);
  });

  test('2.2a a term that has passed is named while the case runs, and after it has ended', async () => {
    await county.project('late');
    await submit('late-LX-06');
    await accept('late-LX-06');
    await assign('late-LX-06');
    expect((await conformance('late')).conforms).toBe(true);
    county.clock.to('2027-03-24T02:00:00.000Z');
    const running = await conformance('late');
    expect(codes(running)).toEqual([['running-overdue', 'late-LX-06']]);
    expect(await proofs(running.items[0])).toEqual([['ApplicationAccepted', 'application-late-LX-06']]);
    const report = await county.read('/reports/conformance', 'demo-leader');
    const overview = await county.read('/reports/overview', 'demo-leader');
    expect(overview.lamps.red).toBe(1);
    expect(report.counts.find(({ code }: Body) => code === 'running-overdue').count).toBe(1);
    await county.review('late-LX-06');
    await approve('late-LX-06');
    expect(codes(await conformance('late'))).toEqual([
      ['promise-overrun', 'late-LX-06'],
      ['statutory-overrun', 'late-LX-06'],
    ]);
  });

  test('2.2a the county’s report counts the deviations of all its projects, by kind and by department', async () => {
    const report = await county.read('/reports/conformance', 'demo-leader');
    const count = (code: string, by: Record<string, number>) => [
      code,
      Object.values(by).reduce((sum, one) => sum + one, 0),
      Object.entries(by).map(([department, number]) => ({ department, count: number })),
    ];
    expect(report.counts.map((one: Body) => [one.code, one.count, one.departments])).toEqual([
      count('submitted-before-prerequisite', { 'natural-resources': 1 }),
      count('granted-before-prerequisite', { 'natural-resources': 1 }),
      count('decided-by-other-department', { water: 1 }),
      count('decided-without-office', {}),
      count('returned-after-acceptance', {}),
      count('promise-overrun', { 'natural-resources': 1 }),
      count('statutory-overrun', { 'natural-resources': 1 }),
      count('running-overdue', {}),
      count('acceptance-skipped', { 'natural-resources': 1 }),
      count('review-skipped', { 'natural-resources': 1 }),
    ]);
    expect([report.region, report.projects, report.nextCursor]).toEqual(['000000', 3, null]);
    expect(report.items.map(({ project, source }: Body) => [project, source])).toEqual(
      ['skips', 'moved', 'late'].map((project) => [project, `/api/v1/projects/${project}/conformance`]),
    );
    const page = await county.read('/reports/conformance?limit=2', 'demo-leader');
    const rest = await county.read(
      `/reports/conformance?limit=2&cursor=${encodeURIComponent(page.nextCursor)}`,
      'demo-leader',
    );
    expect([...page.items, ...rest.items]).toEqual(report.items);
    const elsewhere = await county.read('/reports/conformance?region=210502', 'demo-leader');
    expect([elsewhere.projects, elsewhere.items]).toEqual([0, []]);
  });

  test('2.2a a case is judged by the steps of the version that it was submitted under', async () => {
    const [before, reportBefore] = [
      await conformance('skips'),
      await county.read('/reports/conformance', 'demo-leader'),
    ];
    const matter = await county.read('/matters/GC-01', 'demo-leader');
    const different = {
      steps: ['决定', '送达'],
      effectiveFrom: '2027-01-01',
      reason: '精简环节',
    };
    await county.revise('GC-01', different, 'demo-campaign');
    const { steps, stepsOfVersions } = await county.read('/matters/GC-01', 'demo-leader');
    // The version before the last is the one that was revised here.
    expect([steps, stepsOfVersions.slice(-2)]).toEqual([
      ['决定', '送达'],
      [matter.steps, ['决定', '送达']],
    ]);
    expect((await conformance('skips')).items).toEqual(before.items);
    expect((await county.read('/reports/conformance', 'demo-leader')).counts).toEqual(reportBefore.counts);
  });

  test('2.2a the report is for overseers, and a bad query is refused with the reason', async () => {
    const { status } = await county.server.get('/reports/conformance', 'demo-head');
    expect(status).toBe(403);
    const bad = await county.server.get('/reports/conformance?region=21&limit=0', 'demo-leader');
    expect([bad.status, bad.body.errors.map(({ field }: Body) => field)]).toEqual([400, ['region', 'limit']]);
    expect((await county.server.get('/projects/none/conformance', 'demo-leader')).status).toBe(404);
  });
});
