import { EXCLUDED_PROCEDURES } from '#libs/law/terms';
import { describe, expect, test } from '@jest/globals';

import { chineseText, englishText, idsToName } from './message-text.js';

const names = new Map([
  ['water', '水务局'],
  ['housing-construction', '住房和城乡建设局'],
  ['LX-06', '建设项目用地预审与选址意见书核发'],
  ['small', '小型项目'],
]);
const zh = (text: string, params: Record<string, unknown>) => chineseText(text, params, names);

describe('a message in Chinese', () => {
  test('7 every procedure that is taken out of a term has a name', () => {
    const named = Object.entries(EXCLUDED_PROCEDURES).map(([cause]) => zh('{cause}', { cause }));
    expect(named).toEqual(Object.values(EXCLUDED_PROCEDURES));
  });

  test.each([
    // The instant at which a day of Beijing ends is 24:00 of that day.
    ['期限为{answerBy}', { answerBy: '2026-12-03T16:00:00.000Z' }, '期限为2026年12月3日24时'],
    ['有效期至{validUntil}', { validUntil: '2026-12-03' }, '有效期至2026年12月3日'],
    ['日期无效：{value}', { value: '2026-02-30' }, '日期无效：2026-02-30'],
    ['{department}无权办理', { department: 'water' }, '水务局无权办理'],
    [
      '尚未回复：{departments}',
      { departments: 'water、housing-construction、new-one' },
      '尚未回复：水务局、住房和城乡建设局、new-one',
    ],
    ['{departments}承担', { departments: 'water, housing-construction' }, '水务局、住房和城乡建设局承担'],
    ['“{matter}”', { matter: 'LX-06' }, '“建设项目用地预审与选址意见书核发（LX-06）”'],
    ['“{template}”', { template: 'small' }, '“小型项目（small）”'],
    [
      '{missing}',
      { missing: 'LX-06 (p-1-LX-06), LX-07 (p-1-LX-07)' },
      '建设项目用地预审与选址意见书核发（p-1-LX-06）、LX-07 (p-1-LX-07)',
    ],
    ['缺少：{missing}', { missing: '建设项目批准、核准、备案文件' }, '缺少：建设项目批准、核准、备案文件'],
    ['循环：{path}', { path: 'A -> LX-06 -> A' }, '循环：A→建设项目用地预审与选址意见书核发（LX-06）→A'],
    ['正在{cause}', { cause: 'expert-review' }, '正在专家评审'],
    ['越过{skipped}', { skipped: 'department-head, supervision' }, '越过部门负责人、督查室'],
    ['{role}无权', { role: 'window' }, '窗口人员无权'],
    ['角色不是{roles}', { roles: 'leader, admin' }, '角色不是县领导、管理员'],
    ['应当写明{field}', { field: 'remedies' }, '应当写明救济途径'],
    ['{field}无效', { field: 'tasks[1].dueOn' }, '任务第 2 项的完成期限无效'],
    ['{field}有误', { field: 'unheardOf' }, 'unheardOf有误'],
    ['时限（{promised}）', { promised: '5 working-day from acceptance' }, '时限（自受理之日起 5 个工作日）'],
    ['时限（{statutory}）', { statutory: '30 calendar-day from receipt' }, '时限（自收到申请之日起 30 日）'],
    ['记录已是“{text}”', { text: '2026-12-03' }, '记录已是“2026-12-03”'],
    ['第 {issue} 号', { issue: 3 }, '第 3 号'],
    ['{constructor}{missing}', {}, '{constructor}{missing}'],
  ])('%s with %j', (text, params, expected) => {
    expect(zh(text, params)).toBe(expected);
  });

  test('without names it shows ids', () => {
    expect(chineseText('{department}', { department: 'water' })).toBe('water');
  });
});

test.each([
  ['due by {answerBy}', { answerBy: '2026-12-03T16:00:00.000Z' }, 'due by 2026-12-03 24:00 (Beijing time)'],
  ['until {validUntil}', { validUntil: '2026-12-03' }, 'until 2026-12-03'],
  ['by {departments}', { departments: 'water、housing-construction' }, 'by water, housing-construction'],
  ['lacks {missing}', { missing: '批准、核准文件' }, 'lacks 批准、核准文件'],
  ['was {direction} 3', { direction: 'at-least' }, 'was at least 3'],
  ['({promised})', { promised: '5 working-day from acceptance' }, '(5 working days from acceptance)'],
  ['({promised})', { promised: '1 calendar-day from receipt' }, '(1 calendar day from receipt)'],
  ['{gone}', {}, '{gone}'],
])('a message in English: %s with %j', (text, params, expected) => {
  expect(englishText(text, params)).toBe(expected);
});

test('ids are found in the parameters that name departments, matters and templates, and nowhere else', () => {
  const params = {
    ...{ department: 'water', departments: 'a、b', missing: 'LX-06 (p-1-LX-06), 批准文件', code: 'small' },
    ...{ person: 'lin', application: 'p-1-LX-06', actorDepartment: '—', revision: 3 },
  };
  expect(idsToName(params)).toEqual({ departments: ['water', 'a', 'b'], coded: ['LX-06', 'small'] });
});
