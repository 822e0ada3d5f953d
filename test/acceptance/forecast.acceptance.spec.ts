import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { addWorkingDays, type TimeLimit } from '#libs/law/calendar';
import { inWorkingDays } from '#libs/law/catalogue';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const LINES = [
  ['planning', '规划', ['LX-07', 'GC-01', 'GC-02', 'JG-01']],
  ['land', '国土', ['LX-06', 'LX-08', 'JG-11']],
  ['construction', '城建', ['SG-01', 'SG-04', 'SG-05', 'JG-05', 'JG-10', 'JG-06']],
  ['environment', '环保', ['LX-14']],
  ['fire', '消防', ['SG-02', 'JG-02']],
];
const OTHERS = ['LX-03', 'LX-12', 'LX-04', 'LX-05', 'LX-16', 'GC-05', 'SG-03', 'JG-04'];

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('reform-head', 'department-head', 'development-reform');
  await county.account('reform-window', 'window', 'development-reform');
  await county.project('g1', 'government-investment');
});
afterAll(() => county.close());

const codes = (matters: readonly Body[]): string[] => matters.map(({ matter }) => matter);
const forecast = () => county.read('/projects/g1/forecast', 'demo-leader');
const all = (body: Body): Body[] => [...body.lines.flatMap((lane: Body) => lane.matters), ...body.others];

/** Every chain of the seeded template with the working days the seeded catalogue promises, the longest first. */
async function seededChains(): Promise<readonly (readonly [string, number])[]> {
  const { stages } = await county.read('/templates/government-investment', 'demo-leader');
  const waiting: Body[] = stages.flatMap((stage: Body) => stage.matters);
  const days = new Map<string, number>();
  for (const { code } of waiting) {
    const { promised, statutory } = await county.read(`/matters/${code}`, 'demo-leader');
    const limit: TimeLimit | null = promised ?? statutory;
    days.set(code, limit === null ? 0 : inWorkingDays(limit));
  }
  const goOn = (path: readonly string[]): readonly (readonly string[])[] => [
    path,
    ...waiting
      .filter(({ prerequisites }) => prerequisites.includes(path.at(-1)))
      .flatMap(({ code }) => goOn([...path, code])),
  ];
  return waiting
    .flatMap(({ code }) => goOn([code]))
    .map((path) => [path.join(' '), path.reduce((sum, code) => sum + (days.get(code) ?? 0), 0)] as const)
    .sort((a, b) => b[1] - a[1]);
}

describe('the five lines, the critical path and the forecast of a project', () => {
  test('2.3h the critical path is the longest chain of prerequisites in the seeded graph', async () => {
    const body = await forecast();
    const chains = await seededChains();
    const longest = chains[0]?.[1];
    expect(body.criticalPath.workingDays).toBe(longest);
    expect(chains).toContainEqual([body.criticalPath.matters.join(' '), longest]);
    expect(body.earliestFinish).toEqual({
      workingDays: longest,
      day: addWorkingDays(county.server.system.calendar, '2026-11-24', longest ?? 0),
      provisional: expect.any(Boolean),
    });
    expect(body.remainingPath).toEqual(body.criticalPath.matters);
    expect([body.calendarVersion, body.status]).toEqual([county.server.system.calendar.version, 'open']);
    expect(body.asOf.position).toBe(`${await county.server.system.eventStore.lastPosition()}`);
  });

  test('2.3h every matter is on the line that the catalogue gives it, or on none', async () => {
    const body = await forecast();
    expect(body.lines.map(({ line, lineZh, matters }: Body) => [line, lineZh, codes(matters)])).toEqual(
      LINES,
    );
    expect(codes(body.others)).toEqual(OTHERS);
  });

  test('2.3h what is done needs no day, what runs what is left of its term, what has not begun all of it', async () => {
    await county.done('/applications/g1-LX-03/submission', 'demo-applicant', { materials: ['申请表'] });
    await county.done('/applications/g1-LX-03/acceptance', 'reform-window');
    county.clock.to('2026-11-25T02:00:00.000Z');
    const of = (body: Body, code: string) => all(body).find(({ matter }) => matter === code);
    const running = await forecast();
    expect(of(running, 'LX-03')).toMatchObject({
      progress: 'running',
      termDays: 3,
      daysLeft: 2,
      finish: { workingDays: 2, day: '2026-11-27' },
    });
    await county.review('g1-LX-03', 'reform-window');
    await county.done('/applications/g1-LX-03/approval', 'reform-head');
    const after = await forecast();
    expect(of(after, 'LX-03')).toMatchObject({ progress: 'done', daysLeft: 0, finish: null });
    expect(of(after, 'LX-04')).toMatchObject({ progress: 'not-begun', termDays: 5, daysLeft: 5 });
    expect(after.criticalPath).toEqual(running.criticalPath);
    expect(after.remainingPath).not.toContain('LX-03');
  });

  test('2.3h a refusal stops the forecast and says what it waits for', async () => {
    await county.done('/applications/g1-LX-12/submission', 'demo-applicant', { materials: ['申请表'] });
    await county.done('/applications/g1-LX-12/acceptance', 'reform-window');
    await county.review('g1-LX-12', 'reform-window');
    await county.done('/applications/g1-LX-12/refusal', 'reform-head', {
      article: '节约能源法 Art. 15',
      reason: '不符合强制性节能标准',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
    });
    const body = await forecast();
    expect([body.earliestFinish, body.remainingPath, body.blockedBy]).toEqual([null, [], ['g1-LX-12']]);
  });

  test('2.3h a project that is not there or not yours is said so', async () => {
    await county.account('stranger', 'applicant');
    const status = async (path: string, as: string) => (await county.server.get(path, as)).status;
    expect(await status('/projects/none/forecast', 'demo-leader')).toBe(404);
    expect(await status('/projects/g1/forecast', 'stranger')).toBe(403);
    expect(await status('/projects/g1/forecast', 'demo-applicant')).toBe(200);
  });
});
