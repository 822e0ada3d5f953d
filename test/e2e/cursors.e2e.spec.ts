import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { County } from '../acceptance/county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('other-reviewer', 'reviewer', 'tianshifu');
  await county.account('other-applicant', 'applicant');
  await county.account('second-supervisor', 'supervisor', 'supervision-office');
  for (const id of ['a', 'b', 'c']) await county.project(id);
  await county.project('d', 'small', 'other-applicant');
  await county.done('/applications/a-LX-06/submission', 'demo-applicant');
});
afterAll(() => county.close());

const refused = async (path: string, as: string) => {
  await county.server.caughtUp();
  const { status, body } = await county.server.get(path, as);
  return `${status} ${body['code']}`;
};
const ids = (page: { items: readonly { id: string }[] }) => page.items.map(({ id }) => id);

describe('D20 cursors of lists', () => {
  test('D20 a caller who may see none of the projects gets no cursor either', async () => {
    const { items, nextCursor } = await county.read('/projects?limit=1', 'other-reviewer');
    expect([items, nextCursor]).toEqual([[], null]);
  });

  test('D20 a cursor leads on for whom it was given out, whatever the size of the page', async () => {
    const first = await county.read('/projects?limit=1', 'demo-supervisor');
    expect(ids(first)).toEqual(['d']);
    const next = await county.read(`/projects?limit=2&cursor=${first.nextCursor}`, 'demo-supervisor');
    expect(ids(next)).toEqual(['c', 'b']);
    const last = await county.read(`/projects?cursor=${next.nextCursor}&after=0`, 'demo-supervisor');
    expect([ids(last), last.nextCursor]).toEqual([['a'], null]);
    expect(first.nextCursor).toMatch(/^[\w-]+$/);
    expect(Buffer.from(first.nextCursor, 'base64url').toString('latin1')).not.toMatch(/project|"d"/);
  });

  test('D20 it leads nowhere for another person, another role, other filters, another list, another thing', async () => {
    const { nextCursor } = await county.read('/projects?limit=1', 'demo-supervisor');
    const timeline = await county.read('/projects/a/timeline?limit=1', 'demo-supervisor');
    expect(timeline.nextCursor).not.toBeNull();
    expect([
      await refused(`/projects?cursor=${nextCursor}`, 'second-supervisor'),
      await refused(`/projects?cursor=${nextCursor}`, 'demo-leader'),
      await refused(`/projects?cursor=${nextCursor}`, 'demo-applicant'),
      await refused(`/projects?status=open&cursor=${nextCursor}`, 'demo-supervisor'),
      await refused(`/requests?cursor=${nextCursor}`, 'demo-supervisor'),
      await refused(`/projects/b/timeline?cursor=${timeline.nextCursor}`, 'demo-supervisor'),
      await refused(`/applications/a-LX-06/timeline?cursor=${timeline.nextCursor}`, 'demo-supervisor'),
      await refused(`/projects?cursor=${nextCursor.slice(0, -2)}`, 'demo-supervisor'),
    ]).toEqual(Array(8).fill('400 query.invalid'));
  });

  test('D20 the question asked by POST has a sealed cursor too', async () => {
    const ask = (body: object) => county.server.post('/reports/what-if', 'demo-leader', body);
    const { nextCursor } = await county.read('/projects?limit=1', 'demo-leader');
    const answer = await ask({ template: 'small', cursor: nextCursor });
    expect([answer.status, answer.body['code']]).toEqual([400, 'query.invalid']);
    expect((await ask({ template: 'small' })).status).toBe(200);
  });
});
