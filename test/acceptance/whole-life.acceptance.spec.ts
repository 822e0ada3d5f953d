import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

const CASE = 'life-LX-06';
const LONG = '图纸缺少河道管理范围线，请按照批复的河道划界成果补绘。'.repeat(20);

let county: County;
beforeAll(async () => {
  county = await County.open();
  await county.account('forester', 'reviewer', 'forestry');
  await county.project('life');
});
afterAll(() => county.close());

const shown = (as: string, id = CASE): Promise<Body> => county.read(`/applications/${id}`, as);
const day = (instant: string) => county.clock.to(instant);

describe('22.4 a whole life is read from the application and its timeline alone', () => {
  test('22.4 the one-time notice with its items, and what was handed in', async () => {
    await county.handIn(CASE, 'demo-applicant', ['示意图']);
    await county.done(`/applications/${CASE}/supplement-request`, 'demo-window', {
      items: [
        { material: '示意图', reason: LONG },
        { material: '授权委托书', reason: '未提交' },
      ],
    });
    const body = await shown('demo-applicant');
    expect(body['supplement']).toEqual({
      items: [
        { material: '示意图', reason: LONG },
        { material: '授权委托书', reason: '未提交' },
      ],
      asked: '2026-11-24T02:00:00.000Z',
      by: 'demo-window',
      displayName: '演示窗口',
      round: 1,
      answeredAt: null,
    });
    const state = (name: string) => body['materials'].find((one: Body) => one['name'] === name);
    expect([state('示意图'), state('授权委托书')]).toEqual([
      {
        name: '示意图',
        handedInAt: '2026-11-24T02:00:00.000Z',
        state: 'asked-for',
        missing: true,
        stateZh: '待补正',
        stateEn: 'To be corrected or handed in',
      },
      {
        name: '授权委托书',
        handedInAt: null,
        state: 'asked-for',
        missing: true,
        stateZh: '待补正',
        stateEn: 'To be corrected or handed in',
      },
    ]);
    expect([body['stageZh'], body['stageEn'], body['departmentNameEn'], body['applicantName']]).toEqual([
      '待补正',
      'Waiting for corrections',
      'Natural Resources Bureau',
      '本溪县演示建设有限公司',
    ]);
    expect(body['holder']).toMatchObject({ party: 'applicant', displayName: '本溪县演示建设有限公司' });
    day('2026-11-25T02:00:00.000Z');
    await county.done(`/applications/${CASE}/supplement`, 'demo-applicant', {
      materials: ['示意图', '授权委托书'],
    });
    const after = await shown('demo-window');
    expect(after['materials'].map(({ missing }: Body) => missing)).not.toContain(true);
    expect([after['supplement'].answeredAt, after['acceptBy'], after['daysLeft']]).toEqual([
      '2026-11-25T02:00:00.000Z',
      '2026-12-02',
      null,
    ]);
  });

  test('22.4 opinions of each department, corrections, and the days that are left', async () => {
    await county.done(`/applications/${CASE}/acceptance`, 'demo-window');
    await county.done(`/applications/${CASE}/assignment`, 'demo-head', { person: 'demo-reviewer' });
    await county.review(CASE);
    await county.done(`/applications/${CASE}/consultation`, 'demo-reviewer', {
      departments: ['forestry', 'water'],
      question: '是否涉及林地和河道',
      days: 3,
    });
    day('2026-11-26T02:00:00.000Z');
    await county.done(`/applications/${CASE}/consultation-opinion`, 'forester', {
      agrees: true,
      opinion: '不涉及林地',
    });
    const { revision } = await shown('demo-reviewer');
    await county.done(`/applications/${CASE}/corrections`, 'demo-reviewer', {
      revision: Number(revision) - 1,
      field: 'question',
      value: '是否涉及林地、河道',
      reason: '漏写顿号',
    });
    const body = await shown('demo-applicant');
    const [round] = body['consultations'];
    expect([round.round, round.question, round.by, round.displayName, round.answerBy]).toEqual([
      1,
      '是否涉及林地、河道',
      'demo-reviewer',
      '演示审查员',
      '2026-11-30T16:00:00.000Z',
    ]);
    expect(round.departments).toEqual([
      {
        department: 'forestry',
        departmentName: '林业和草原局',
        departmentNameEn: 'Forestry and Grassland Bureau',
        agrees: true,
        opinion: '不涉及林地',
        person: 'forester',
        displayName: 'forester',
        answeredAt: '2026-11-26T02:00:00.000Z',
        late: false,
        takenAs: null,
      },
      {
        department: 'water',
        departmentName: '水务局',
        departmentNameEn: 'Water Bureau',
        ...{ agrees: null, opinion: null, person: null, displayName: null, answeredAt: null, late: null },
        takenAs: null,
      },
    ]);
    expect(body['corrections']).toMatchObject([
      {
        field: 'question',
        before: '是否涉及林地和河道',
        after: '是否涉及林地、河道',
        reason: '漏写顿号',
        person: 'demo-reviewer',
        displayName: '演示审查员',
      },
    ]);
    expect([body['acceptBy'], body['daysLeft'].unit, body['daysLeft'].kind]).toEqual([
      null,
      'working-day',
      'promised',
    ]);
  });

  test('22.4 a refusal with its ground, article and remedies; a grant with its permit', async () => {
    await county.done('/projects', 'demo-applicant', { id: 'other', name: '另一个', template: 'small' });
    const refused = 'other-LX-06';
    await county.handIn(refused);
    await county.done(`/applications/${refused}/acceptance`, 'demo-window');
    await county.review(refused);
    await county.done(`/applications/${refused}/refusal`, 'demo-head', {
      article: '行政许可法 Art. 38',
      reason: '选址位于河道管理范围',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
    });
    const body = await shown('demo-applicant', refused);
    expect(body['decision']).toEqual({
      outcome: 'refused',
      at: '2026-11-26T02:00:00.000Z',
      by: 'demo-head',
      displayName: '演示局长',
      department: 'natural-resources',
      departmentName: '自然资源局',
      departmentNameEn: 'Natural Resources Bureau',
      number: body['decisionNumber'],
      opinion: null,
      ground: '选址位于河道管理范围',
      article: '行政许可法 Art. 38',
      remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
      organ: null,
    });
    await county.done('/projects', 'demo-applicant', { id: 'third', name: '第三个', template: 'small' });
    await county.delivered('third-LX-06', {
      reviewer: 'demo-reviewer',
      approval: { opinion: '符合规划', validUntil: '2028-11-25' },
    });
    const granted = await shown('demo-applicant', 'third-LX-06');
    expect([granted['decision'].outcome, granted['decision'].opinion, granted['permit'].validUntil]).toEqual([
      'granted',
      '符合规划',
      '2028-11-25',
    ]);
  });

  test('22.4 each line of the timeline has its event, its items and materials, and the whole note', async () => {
    const { items } = await county.read(`/applications/${CASE}/timeline?limit=200`, 'demo-applicant');
    const stored = new Map<string, string>();
    const { eventStore } = county.server.system;
    for await (const event of eventStore.readStream(`application-${CASE}`))
      stored.set(`${event.revision}`, event.id);
    expect(items.map(({ event }: Body) => event)).toEqual([...stored.values()]);
    const line = (type: string) => items.find((one: Body) => one['type'] === type);
    expect(line('SupplementRequested').items).toEqual([
      { material: '示意图', reason: LONG },
      { material: '授权委托书', reason: '未提交' },
    ]);
    expect(line('SupplementSubmitted').materials).toEqual(['示意图', '授权委托书']);
    expect(line('ConsultationRequested').note).toBe('是否涉及林地、河道');
    expect(line('ConsultationRequested').facts).toMatchObject({ answerBy: '2026-11-30T16:00:00.000Z' });
    expect([line('ConsultationAnswered').departmentName, line('ConsultationAnswered').displayName]).toEqual([
      '林业和草原局',
      'forester',
    ]);
    expect(items.map(({ noteCut }: Body) => noteCut)).not.toContain(true);
    await county.done(`/applications/${CASE}/issues`, 'demo-applicant', { problem: LONG });
    const again = await county.read(`/applications/${CASE}/timeline?limit=200`, 'demo-supervisor');
    expect(again['items'].at(-1)).toMatchObject({ type: 'IssueRaised', note: LONG, noteCut: false });
  });

  test('22.4 who comes too late learns who changed it, when, and how; a stranger does not', async () => {
    const path = `/applications/${CASE}/steps`;
    const late = (as: string) =>
      county.server.post(path, as, { step: '审查' }, { 'if-match': '"0"', prefer: 'handling=lenient' });
    const { status, body } = await late('demo-reviewer');
    expect([status, body['changedBy'], body['changedAt'], body['lastType']]).toEqual([
      412,
      'demo-applicant',
      '2026-11-26T02:00:00.000Z',
      'IssueRaised',
    ]);
    const strange = await late('forester');
    expect([strange.status, strange.body['changedBy'] ?? null]).toEqual([412, null]);
  });
});
