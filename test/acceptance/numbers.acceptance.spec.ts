import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.done('/templates', 'demo-admin', {
    id: 'site',
    name: '选址',
    nameEn: 'Site',
    stages: [
      {
        name: '立项用地规划许可',
        lead: 'natural-resources',
        matters: [{ code: 'LX-06', prerequisites: [] }],
      },
    ],
  });
});
afterAll(() => county.close());

async function submitted(project: string): Promise<string> {
  await county.project(project, 'site');
  await county.handIn(`${project}-LX-06`, 'demo-applicant', ['申请表']);
  return `/applications/${project}-LX-06`;
}

const shown = async (path: string) => {
  const { receiptNumber, decisionNumber, permit } = await county.read(path, 'demo-applicant');
  return { receiptNumber, decisionNumber, permit };
};

const NONE = { receiptNumber: null, decisionNumber: null, permit: null };

test('4 an applicant sees the numbers of receipt, decision and permit, in every view of the application', async () => {
  const path = await submitted('mill');
  expect(await shown(path)).toEqual(NONE);
  const key = { 'idempotency-key': 'accept-mill' };
  const accepted = await county.server.post(`${path}/acceptance`, 'demo-window', {}, key);
  expect(accepted.body['receiptNumber']).toBe('本自然资许受〔2026〕1号');
  const again = await county.server.post(`${path}/acceptance`, 'demo-window', {}, key);
  expect([again.headers.get('idempotency-replayed'), again.body]).toEqual(['true', accepted.body]);
  await county.review('mill-LX-06');
  const approved = await county.done(`${path}/approval`, 'demo-head', { validUntil: '2029-12-31' });
  const numbers = { decisionNumber: '本自然资许准〔2026〕1号', permit: '用字第210521202600001号' };
  expect(approved.body).toMatchObject(numbers);
  await county.done(`${path}/delivery`, 'demo-window');
  const permit = { number: numbers.permit, validUntil: '2029-12-31', standing: 'in-force' };
  const whole = {
    receiptNumber: '本自然资许受〔2026〕1号',
    decisionNumber: numbers.decisionNumber,
    permit,
  };
  expect(await shown(path)).toEqual(whole);
  const project = await county.read('/projects/mill', 'demo-applicant');
  expect(project['applications']).toMatchObject([{ application: 'mill-LX-06', ...whole }]);
  const timeline = await county.read('/projects/mill/timeline', 'demo-applicant');
  expect(timeline['next']).toMatchObject([{ application: 'mill-LX-06', ...whole }]);
  const items = timeline['items'] as Body[];
  expect(
    items.flatMap(({ type, number, permit }) => (number || permit ? [[type, number, permit]] : [])),
  ).toEqual([
    ['ApplicationAccepted', whole.receiptNumber, null],
    ['ApplicationApproved', whole.decisionNumber, numbers.permit],
    ['PermitIssued', null, numbers.permit],
  ]);
  await county.done(`${path}/permit-revocation`, 'demo-head', {
    ...{ ground: 'procedure', reason: '未经公示', publicHarm: false, compensation: '无损失' },
  });
  expect(await shown(path)).toEqual({ ...whole, permit: { ...permit, standing: 'revoked' } });
});

test('4 a refusal, and a refusal to accept, have numbers of their own, and no permit', async () => {
  const [refused, turnedAway] = [await submitted('no'), await submitted('away')];
  await county.done(`${refused}/acceptance`, 'demo-window');
  await county.review('no-LX-06');
  await county.done(`${refused}/refusal`, 'demo-head', {
    article: '城乡规划法 Art. 36',
    reason: '选址不符合规划',
  });
  expect(await shown(refused)).toEqual({
    receiptNumber: '本自然资许受〔2026〕2号',
    decisionNumber: '本自然资许不准〔2026〕1号',
    permit: null,
  });
  const answer = await county.done(`${turnedAway}/acceptance-refusal`, 'demo-window', {
    article: '行政许可法 Art. 32(1)',
    reason: '依法不需要取得行政许可',
  });
  expect(answer.body['decisionNumber']).toBe('本自然资许不受〔2026〕1号');
  expect(await shown(turnedAway)).toEqual({ ...NONE, decisionNumber: '本自然资许不受〔2026〕1号' });
});

test('4 of many acceptances at once no two have one number, and a refused one takes none', async () => {
  const paths = await Promise.all(Array.from({ length: 8 }, (_, index) => submitted(`many-${index}`)));
  const twice = [...paths, ...paths];
  const answers = await Promise.all(
    twice.map((path) => county.server.post(`${path}/acceptance`, 'demo-window')),
  );
  expect(answers.filter(({ status }) => status === 409)).toHaveLength(8);
  const numbers = await Promise.all(paths.map(async (path) => (await shown(path)).receiptNumber as string));
  const ordinals = numbers.map((number) => Number(/^本自然资许受〔2026〕(\d+)号$/.exec(number)?.[1]));
  expect([...ordinals].sort((a, b) => a - b)).toEqual([3, 4, 5, 6, 7, 8, 9, 10]);
  // The series is a stream of the log, which says whose each number is.
  const series = encodeURIComponent('number-本自然资许受〔2026〕{number}号');
  const { items } = await county.read(`/audit?stream=${series}&limit=100`, 'demo-supervisor');
  expect(items).toHaveLength(10);
});

test('4 an approval that is refused stores nothing, and the number typed for it is free', async () => {
  const paths = await Promise.all(['early', 'one', 'other'].map(submitted));
  const [early = '', one = '', other = ''] = paths;
  const permit = '省证第99号';
  await county.server.caughtUp();
  const before = await county.server.events();
  expect(await county.refused(`${early}/approval`, 'demo-head', { permit })).toBe(
    '409 application.wrong-stage',
  );
  expect(
    await county.refused(`${early}/permit-amendment`, 'demo-head', {
      change: '更名',
      reason: '更名',
      permit,
    }),
  ).toBe('409 application.wrong-stage');
  expect(await county.server.events()).toBe(before);
  for (const path of [one, other]) {
    await county.done(`${path}/acceptance`, 'demo-window');
    await county.review(path.replace('/applications/', ''));
  }
  const approve = (path: string) => county.server.post(`${path}/approval`, 'demo-head', { permit });
  const answers = await Promise.all([one, other].map(approve));
  expect(
    answers.map(({ status, body }) => [status, body['code'] ?? body['permit']]).sort(([a], [b]) => a - b),
  ).toEqual([
    [202, permit],
    [409, 'application.permit-number-taken'],
  ]);
  const after = await county.server.events();
  const loser = answers[0]?.status === 409 ? one : other;
  expect((await approve(loser)).status).toBe(409);
  expect(await county.server.events()).toBe(after);
  // The number of the decision was not counted for the one that was refused.
  expect((await shown(loser)).decisionNumber).toBeNull();
});

test('4 a number that is typed for a permit is that of no other, and not of a form that is counted', async () => {
  const approve = async (project: string, permit: string) => {
    const path = await submitted(project);
    await county.done(`${path}/acceptance`, 'demo-window');
    await county.review(`${project}-LX-06`);
    const { status, body } = await county.server.post(`${path}/approval`, 'demo-head', { permit });
    return [status, body['code'] ?? body['permit']];
  };
  expect(await approve('typed', '省证第88号')).toEqual([202, '省证第88号']);
  expect(await approve('twice', '省证第88号')).toEqual([409, 'application.permit-number-taken']);
  expect(await approve('own', '用字第210521202600009号')).toEqual([422, 'application.permit-number-counted']);
  await county.done('/applications/twice-LX-06/approval', 'demo-head');
  await county.done('/applications/twice-LX-06/delivery', 'demo-window');
  expect(
    await county.refused('/applications/twice-LX-06/permit-amendment', 'demo-head', {
      change: '更名',
      reason: '更名',
      permit: '省证第88号',
    }),
  ).toBe('409 application.permit-number-taken');
});
