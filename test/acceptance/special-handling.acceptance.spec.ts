import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.project('mill');
  await county.handIn('mill-LX-07');
  await county.done('/applications/mill-LX-07/acceptance', 'demo-window');
});
afterAll(() => county.close());

describe('special handling', () => {
  it('2.3e an attempt to waive a statutory prerequisite is refused with the article', async () => {
    const before = await county.server.events();
    const answer = await county.server.post('/applications/mill-LX-07/special-handling', 'demo-leader', {
      rule: 'prerequisite',
      reason: '工期紧',
    });
    expect(answer.status).toBe(409);
    expect(answer.body).toEqual({
      type: 'urn:zhitong:problem:application.rule-not-variable',
      title: 'Conflict',
      status: 409,
      detail:
        'The rule prerequisite is set by statute; special handling cannot vary it for application mill-LX-07',
      instance: '/api/v1/applications/mill-LX-07/special-handling',
      code: 'application.rule-not-variable',
      article: '行政许可法 Art. 69(1)(3)',
      params: { application: 'mill-LX-07', rule: 'prerequisite', ruleZh: '法定前置' },
      messages: {
        zh: '“法定前置”由法律规定，申请 mill-LX-07 不得以特事特办突破',
        en: 'The rule prerequisite is set by statute; special handling cannot vary it for application mill-LX-07',
      },
    });
    expect(await county.server.events()).toBe(before);
    expect(await county.refused('/applications/mill-LX-07/approval', 'demo-head')).toBe(
      '409 application.prerequisites-not-granted',
    );
  });

  it('a refusal asked for in Chinese cites the paragraph and the item, and names what it is about', async () => {
    const asked = { 'accept-language': 'zh-CN' };
    const varied = { rule: 'prerequisite', reason: '工期紧' };
    const path = '/applications/mill-LX-07';
    const waived = await county.server.post(`${path}/special-handling`, 'demo-leader', varied, asked);
    const approved = await county.server.post(`${path}/approval`, 'demo-head', {}, asked);
    expect([waived, approved].map(({ body }) => [body['detail'], body['article']])).toEqual([
      ['“法定前置”由法律规定，申请 mill-LX-07 不得以特事特办突破', '《行政许可法》第六十九条第一款第三项'],
      [
        '前置审批事项尚未办结（取得批准）：企业投资项目核准（mill-LX-02）',
        '《城乡规划法》第三十七条、第三十八条',
      ],
    ]);
  });

  it('2.3e what is varied, by whom and on what ground is listed in the audit', async () => {
    const path = '/applications/mill-LX-07/special-handling';
    await county.done(path, 'demo-leader', { rule: 'await-opinions', reason: '汛期前必须开工' });
    const { items } = await county.read('/audit?type=SpecialHandlingApproved', 'demo-supervisor');
    expect(items.map(({ stream, actor, data }: Body) => ({ stream, actor, data }))).toEqual([
      {
        stream: 'application-mill-LX-07',
        actor: { person: 'demo-leader', post: '副县长', department: 'county-government', role: 'leader' },
        data: {
          application: 'mill-LX-07',
          project: 'mill',
          rule: 'await-opinions',
          reason: '汛期前必须开工',
        },
      },
    ]);
    const found = await county.read('/applications/mill-LX-07', 'demo-head');
    expect(found['variedRules']).toEqual(['await-opinions']);
    expect(await county.timeline('mill-LX-07')).toEqual([
      'ApplicationSubmitted',
      'ApplicationAccepted',
      'SpecialHandlingApproved',
    ]);
  });

  it('2.3e an unknown rule, a missing ground, or a person without the right: refused, and nothing stored', async () => {
    const path = '/applications/mill-LX-07/special-handling';
    const before = await county.server.events();
    const unknown = await county.server.post(path, 'demo-leader', { rule: 'gravity', reason: '' });
    expect([unknown.status, unknown.body['errors']?.map(({ field }: Body) => field)]).toEqual([
      400,
      ['rule', 'reason'],
    ]);
    expect(await county.refused(path, 'demo-head', { rule: 'await-opinions', reason: '急' })).toBe(
      '403 http.wrong-role',
    );
    expect(await county.server.events()).toBe(before);
  });
});
