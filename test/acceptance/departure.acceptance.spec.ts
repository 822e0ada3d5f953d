import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  for (const id of ['qian', 'sun', 'zhou']) await county.account(id, 'reviewer', 'natural-resources');
  await county.account('water-head', 'department-head', 'water');
  await county.account('water-one', 'reviewer', 'water');
});
afterAll(() => county.close());

/** An accepted application that was given to a person. */
async function given(project: string, person: string): Promise<string> {
  const application = `${project}-LX-06`;
  await county.project(project);
  await county.handIn(application);
  await county.done(`/applications/${application}/acceptance`, 'demo-window');
  await county.done(`/applications/${application}/assignment`, 'demo-head', { person });
  return application;
}

const heldBy = async (application: string) => {
  const { holder, reviewer } = await county.read(`/applications/${application}`, 'demo-supervisor');
  return [holder.department, holder.person, reviewer];
};
const noticesOf = async (application: string, as: string, box: string) => {
  const { items } = await county.read(`/notices?to=${box}`, as);
  const own = items.find((item: Body) => item.application === application);
  return (own?.notices ?? []).map(({ kind, to, text }: Body) => [kind, to, text]);
};
const worklist = async (person: string, as = 'demo-head') =>
  (await county.read(`/worklist?person=${person}`, as))['items'].map(({ id }: Body) => id).sort();
const reassign = (from: string, body: object, as = 'demo-head') =>
  county.refused(`/accounts/${from}/reassignment`, as, { reason: '离岗', ...body });

describe('F17 who leaves', () => {
  test('F17 the open cases of a closed account go back to the desk, the head is notified, and all go to another in one act', async () => {
    const [one, two] = [await given('mill', 'qian'), await given('kiln', 'qian')];
    const other = await given('dam', 'sun');
    expect(await worklist('qian')).toEqual([two, one]);
    await county.done('/accounts/qian/closure', 'demo-admin', { reason: '调离' });
    await county.by('2026-11-24T03:00:00.000Z');
    for (const application of [one, two]) {
      expect(await heldBy(application)).toEqual(['natural-resources', null, null]);
    }
    expect(await heldBy(other)).toEqual(['natural-resources', 'sun', 'sun']);
    const told = ['unassigned', ['head:natural-resources', 'department:natural-resources'], 'qian'];
    expect(await noticesOf(one, 'demo-head', 'head:natural-resources')).toEqual([told]);
    const { items } = await county.read(
      `/audit?stream=application-${one}&type=ApplicationUnassigned`,
      'demo-supervisor',
    );
    expect(items.map(({ data, occurredAt }: Body) => [data, occurredAt])).toEqual([
      [
        {
          ...{ application: one, project: 'mill', department: 'natural-resources' },
          ...{ person: 'qian', cause: 'account-closed' },
          custody: {
            ended: {
              by: { party: 'department', department: 'natural-resources', post: null, person: 'qian' },
              from: '2026-11-24T02:00:00.000Z',
              to: '2026-11-24T02:00:00.000Z',
            },
            holder: { party: 'department', department: 'natural-resources', post: null, person: null },
          },
        },
        '2026-11-24T02:00:00.000Z',
      ],
    ]);
    const { body } = await county.done('/accounts/qian/reassignment', 'demo-head', {
      person: 'zhou',
      reason: 'qian 已调离',
    });
    expect(body['reassigned']).toEqual([two, one]);
    for (const application of [one, two]) {
      expect(await heldBy(application)).toEqual(['natural-resources', 'zhou', 'zhou']);
    }
    expect(await noticesOf(one, 'zhou', 'person:zhou')).toEqual([
      ['reassigned', ['person:zhou'], 'qian 已调离'],
    ]);
    expect(await worklist('zhou')).toEqual([two, one]);
    expect(await reassign('qian', { person: 'zhou' })).toBe('404 department.nothing-to-reassign');
  });

  test('F17 the work of a person who is still there goes to another too, once, however often it is sent', async () => {
    const application = await given('weir', 'sun');
    const send = () =>
      county.server.post(
        '/accounts/sun/reassignment',
        'demo-head',
        { person: 'zhou', reason: '工作量调整' },
        { 'idempotency-key': 'f17' },
      );
    await county.server.caughtUp();
    const [first, second] = [await send(), await send()];
    expect([first.status, second.status, second.body['reassigned']]).toEqual([
      202,
      202,
      first.body['reassigned'],
    ]);
    expect(await heldBy(application)).toEqual(['natural-resources', 'zhou', 'zhou']);
    expect(
      (await county.timeline(application)).filter((type) => type === 'ApplicationReassigned'),
    ).toHaveLength(1);
  });

  test('F17 only the head of the department, and only to another of its people', async () => {
    await given('lock', 'sun');
    await county.server.caughtUp();
    expect([
      await reassign('sun', { person: 'zhou' }, 'demo-window'),
      await reassign('sun', { person: 'water-one' }, 'water-head'),
      await reassign('sun', { person: 'water-one' }),
      await reassign('sun', { person: 'qian' }),
      await reassign('sun', { person: 'sun' }),
      await reassign('sun', { person: 'zhou', reason: ' ' }),
      await reassign('nobody', { person: 'zhou' }),
    ]).toEqual([
      '403 http.wrong-role',
      '404 department.nothing-to-reassign',
      '422 reference.no-staff',
      '422 reference.no-staff',
      '422 department.reassigned-to-the-same',
      '400 http.invalid-input',
      '404 department.nothing-to-reassign',
    ]);
    expect(await worklist('sun')).toEqual(['lock-LX-06']);
    // A head sees the desks of the department, and no others'.
    expect((await county.read('/worklist?person=sun', 'water-head'))['items']).toEqual([]);
    expect((await county.server.get('/worklist?person=zhou', 'sun')).status).toBe(403);
  });

  test('F17 whose post in the department has ended leaves nothing on their desk either', async () => {
    const application = await given('quay', 'zhou');
    await county.done('/accounts/zhou/post-end', 'demo-admin', { until: '2026-11-25' });
    await county.by('2026-11-25T15:59:00.000Z');
    expect(await heldBy(application)).toEqual(['natural-resources', 'zhou', 'zhou']);
    await county.by('2026-11-25T16:01:00.000Z');
    expect(await heldBy(application)).toEqual(['natural-resources', null, null]);
    expect(await noticesOf(application, 'demo-head', 'head:natural-resources')).toEqual([
      ['unassigned', ['head:natural-resources', 'department:natural-resources'], 'zhou'],
    ]);
  });
});
