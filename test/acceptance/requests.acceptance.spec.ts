import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Policies } from '#libs/shell/system';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('li', 'applicant');
  await county.account('an-agent', 'agent');
  await county.account('water-head', 'department-head', 'water');
});
afterAll(() => county.close());

/** The end of the second working day after Tuesday 24 November 2026. */
const DUE = '2026-11-26T16:00:00.000Z';
const ask = (id: string, over: object = {}) => ({
  id,
  department: 'natural-resources',
  urgency: 'urgent',
  text: '临时用地的边界如何确定',
  ...over,
});
const listed = async (query: string, as = 'demo-supervisor'): Promise<string[]> =>
  (await county.read(`/requests?${query}`, as))['items'].map(({ id }: Body) => id);

describe('the channel for what enterprises ask for', () => {
  test('2.1c a request has its last day by its urgency, is answered, and its asker says whether it helped', async () => {
    await county.done('/requests', 'demo-applicant', ask('r1'));
    const open = {
      id: 'r1',
      applicant: 'demo-applicant',
      department: 'natural-resources',
      urgency: 'urgent',
      text: '临时用地的边界如何确定',
      answerBy: DUE,
      raisedAt: '2026-11-24T02:00:00.000Z',
      raisedBy: 'demo-applicant',
      status: 'open',
      answer: null,
      rating: null,
      overdueAt: null,
      awaited: true,
      revision: '0',
      overdue: false,
    };
    expect(await county.read('/requests/r1', 'demo-applicant')).toEqual(open);
    expect(await listed('', 'demo-head')).toEqual(['r1']);
    expect(await county.refused('/requests/r1/rating', 'demo-applicant', { helped: true })).toBe(
      '409 request.not-answered',
    );
    expect(await county.refused('/requests/r1/answer', 'water-head', { answer: '见图' })).toBe(
      '403 request.other-department',
    );
    await county.done('/requests/r1/answer', 'demo-window', { answer: '以批准图件为准' });
    await county.done('/requests/r1/rating', 'demo-applicant', { helped: false, comment: '图件在哪里' });
    expect(await county.read('/requests/r1', 'demo-head')).toEqual({
      ...open,
      status: 'rated',
      answer: {
        by: 'demo-window',
        at: '2026-11-24T02:00:00.000Z',
        text: '以批准图件为准',
        late: false,
      },
      rating: {
        by: 'demo-applicant',
        at: '2026-11-24T02:00:00.000Z',
        helped: false,
        comment: '图件在哪里',
      },
      awaited: false,
      revision: '2',
    });
  });

  test('2.1c others see none of it, and bad input stores nothing', async () => {
    const before = await county.server.events();
    expect((await county.server.get('/requests/r1', 'li')).status).toBe(403);
    expect((await county.server.get('/requests/r1', 'water-head')).status).toBe(403);
    expect((await county.server.get('/requests?applicant=demo-applicant', 'li')).status).toBe(403);
    expect(await listed('', 'li')).toEqual([]);
    expect(await county.refused('/requests', 'li', ask('r9', { urgency: 'soon' }))).toBe(
      '400 http.invalid-input',
    );
    expect(await county.refused('/requests', 'li', ask('r9', { department: 'nobody' }))).toBe(
      '422 request.unknown-department',
    );
    expect(await county.refused('/requests', 'demo-window', ask('r9'))).toBe('403 http.wrong-role');
    const agency = await county.server.post('/requests', 'an-agent', ask('r9'));
    expect([agency.status, agency.body['code'], agency.body['article']]).toEqual([
      403,
      'request.mandate-missing',
      '行政许可法 Art. 29',
    ]);
    expect(await county.server.events()).toBe(before);
  });

  test('2.1c an agent asks under a mandate, and both persons are on record', async () => {
    const mandate = { id: 'm1', agent: 'an-agent', lastDay: '2026-12-31' };
    await county.done('/mandates', 'demo-applicant', mandate);
    const { status } = await county.server.post('/requests', 'an-agent', ask('r2', { urgency: 'normal' }), {
      mandate: 'm1',
    });
    expect(status).toBe(201);
    const { applicant, raisedBy } = await county.read('/requests/r2', 'an-agent');
    expect([applicant, raisedBy]).toEqual(['demo-applicant', 'an-agent']);
    expect(await listed('applicant=demo-applicant', 'an-agent')).toEqual(['r2', 'r1']);
  });

  test('2.1c a request that is not answered in time is recorded once, listed, and may still be answered, late', async () => {
    await county.done('/requests', 'li', ask('r3'));
    await county.done('/requests', 'li', ask('r4', { urgency: 'critical' }));
    const policies = county.server.app.get(Policies);
    county.clock.to(DUE);
    await county.server.caughtUp();
    await policies.catchUp();
    expect(await listed('status=open&overdue=true')).toEqual(['r4']);
    // Two days of downtime later, twice.
    county.clock.to('2026-11-29T02:00:00.000Z');
    await policies.catchUp();
    await policies.catchUp();
    expect(await listed('status=open&overdue=true')).toEqual(['r4', 'r3']);
    expect(await listed('overdue=true', 'demo-head')).toEqual(['r4', 'r3']);
    const { items } = await county.read('/audit?stream=request-r3', 'demo-supervisor');
    expect(items.map(({ type, data, occurredAt }: Body) => [type, data.answerBy, occurredAt])).toEqual([
      ['RequestOverdue', DUE, DUE],
      ['RequestRaised', DUE, '2026-11-24T02:00:00.000Z'],
    ]);
    await county.done('/requests/r3/answer', 'demo-head', { answer: '已现场放线' });
    const { status, answer, overdueAt } = await county.read('/requests/r3', 'li');
    expect([status, answer.late, overdueAt]).toEqual(['answered', true, DUE]);
    expect(await listed('status=open&overdue=true')).toEqual(['r4']);
  });
});
