import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const STAFF: Readonly<Record<string, string>> = {
  'development-reform': 'plan',
  'housing-construction': 'works',
  'ecology-environment': 'eco',
  water: 'water',
  'civil-air-defence': 'shelter',
  'power-supply': 'power',
};

let county: County;
let matters: ReadonlyMap<string, Body>;
beforeAll(async () => {
  county = await County.open();
  for (const [department, staff] of Object.entries(STAFF)) {
    await county.account(`${staff}-window`, 'window', department);
    await county.account(`${staff}-head`, 'department-head', department);
  }
  await county.account('works-window-second', 'window', 'housing-construction');
  const { items } = await county.read('/matters?limit=200', 'demo-applicant');
  matters = new Map(items.map((matter: Body) => [matter['code'], matter]));
});
afterAll(() => county.close());

const of = (code: string): Body => {
  const found = matters.get(code);
  if (!found) throw new Error(`there is no matter ${code}`);
  return found;
};

/** Window and head of the department of a matter. */
function staffOf(code: string): { readonly window: string; readonly head: string } {
  const { department } = of(code);
  const staff = department === 'natural-resources' ? 'demo' : STAFF[department];
  return { window: `${staff}-window`, head: `${staff}-head` };
}

/** One matter from its submission to its end: what is decided is approved and delivered, all else is closed. */
async function handle(project: string, code: string): Promise<void> {
  const path = `/applications/${project}-${code}`;
  const { window, head } = staffOf(code);
  const materials = of(code)['materials'].map(({ name }: Body) => name);
  await county.done(`${path}/submission`, 'demo-applicant', { materials: ['申请表', ...materials] });
  await county.done(`${path}/acceptance`, window);
  // Where the matter provides for a check on site, two officials make it (行政许可法 Art. 34 para. 3).
  const onSite = of(code)['steps'].find((step: string) => step.includes('现场'));
  const step = onSite === undefined ? { step: '审查' } : { step: onSite, second: `${window}-second` };
  await county.done(`${path}/steps`, window, step);
  if (['licence', 'confirmation'].includes(of(code)['kind'])) {
    await county.done(`${path}/approval`, head, { opinion: '符合条件' });
    await county.done(`${path}/delivery`, window);
  } else {
    await county.done(`${path}/closure`, head, { outcome: '已办结' });
  }
}

/** The matters of a project, each after all that it waits for. */
async function inOrder(project: string): Promise<readonly string[]> {
  const { applications } = await county.read(`/projects/${project}`, 'demo-applicant');
  const ordered: Body[] = [];
  while (ordered.length < applications.length) {
    const next = applications.find(
      (one: Body) =>
        !ordered.includes(one) &&
        one['prerequisites'].every((id: string) => ordered.some(({ application }) => application === id)),
    );
    if (next === undefined) throw new Error(`the matters of ${project} wait for each other`);
    ordered.push(next);
  }
  return ordered.map(({ matter }) => matter);
}

test.each([
  ['small', 11],
  ['enterprise-filing', 17],
  ['enterprise-approval', 22],
  ['government-investment', 24],
])('3 a project of the template %s is played from its first matter to its last', async (template, count) => {
  const project = `play-${template}`;
  await county.project(project, template);
  const codes = await inOrder(project);
  expect(codes.length).toBe(count);
  for (const code of codes) await handle(project, code);
  await county.done(`/applications/${project}-SG-05/permit-use`, 'demo-applicant', { on: '2026-11-24' });
  const { status, applications, deviations } = await county.read(`/projects/${project}`, 'demo-applicant');
  expect([status, deviations]).toEqual(['completed', []]);
  expect(applications.filter(({ status: one }: Body) => one !== 'ended')).toEqual([]);
  const conformance = await county.read(`/projects/${project}/conformance`, 'demo-applicant');
  expect(conformance['conforms']).toBe(true);
});

test('A5 public works: the permit waits for the tender, and A27 the acceptance for the verification', async () => {
  await county.project('school', 'government-investment');
  const codes = await inOrder('school');
  const before = codes.slice(0, codes.indexOf('SG-05')).filter((code) => code !== 'SG-03');
  const waiting = ['SG-04', 'SG-05'];
  for (const code of before.filter((one) => !waiting.includes(one))) await handle('school', code);
  const path = '/applications/school-SG-05';
  const materials = of('SG-05')['materials'].map(({ name }: Body) => name);
  await county.done(`${path}/submission`, 'demo-applicant', { materials });
  await county.done(`${path}/acceptance`, 'works-window');
  await county.review('school-SG-05', 'works-window');
  const early = await county.server.post(`${path}/approval`, 'works-head', { opinion: '符合条件' });
  expect([early.status, early.body['code'], early.body['params']]).toEqual([
    409,
    'application.prerequisites-not-granted',
    { application: 'school-SG-05', missing: 'SG-03 (school-SG-03)' },
  ]);
  await handle('school', 'SG-03');
  await county.done(`${path}/approval`, 'works-head', { opinion: '符合条件' });
});

test('D a connection to the power grid is asked for and completed at the company, without a permit', async () => {
  await county.project('mill', 'small');
  await county.done('/projects/mill/matter-addition', 'demo-applicant', {
    matter: 'SF-03',
    reason: '厂区需要新装用电',
  });
  await county.server.caughtUp();
  await handle('mill', 'SF-03');
  const { applications } = await county.read('/projects/mill', 'demo-applicant');
  const own = applications.find(({ matter }: Body) => matter === 'SF-03');
  expect([own.stage, own.department, own.status, own.outcome]).toEqual([
    '市政公用服务',
    'power-supply',
    'ended',
    '已办结',
  ]);
  expect(await county.timeline('mill-SF-03')).toEqual([
    'ApplicationSubmitted',
    'ApplicationAccepted',
    'StepRecorded',
    'ApplicationClosed',
  ]);
  const { kind, name } = await county.read('/departments/power-supply', 'demo-applicant');
  expect([kind, name]).toEqual(['company', '供电公司']);
});
