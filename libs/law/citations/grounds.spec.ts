import { expect, test } from '@jest/globals';
import { isTroubleAlone, saysNothing } from './grounds.js';

test.each([
  ...[
    'x',
    'X',
    'ｘ',
    'xxx',
    'aaaa',
    '1',
    '123',
    '/',
    '//',
    '-',
    '——',
    '...',
    '。',
    '？',
    '！！',
    '*',
    '√',
    '👍',
  ],
  ...[
    '无',
    '无。',
    '无无无',
    '（无）',
    '同上',
    '同 上',
    '同上。',
    '如上',
    '略',
    '暂无',
    '没有',
    'None',
    'n/a',
    'N.A.',
    'ditto',
  ],
])('8 %j says nothing', (text) => {
  expect(saysNothing(text)).toBe(true);
});

test.each([
  ...[
    '同意',
    '可',
    '好',
    '无意见',
    '无异议',
    '不符合规划条件',
    '见附件第三页',
    'ok, as planned',
    '已按 2 号图修改',
  ],
  ...['The plan lacks the river line', '无障碍坡道不足', '同意上报'],
])('8 %j says something', (text) => {
  expect(saysNothing(text)).toBe(false);
});

test.each([
  ...[
    '困难',
    '难度大',
    '情况复杂',
    '案情复杂。',
    '该事项比较复杂，暂时无法办理',
    '领导不在',
    '因局长出差，暂不能办理',
  ],
  ...[
    '系统升级',
    '审批系统正在升级维护，请谅解',
    '人手不足',
    '因人员不足、工作量大，无法按期办结',
    '需要研究研究',
  ],
  ...[
    '待领导批示',
    '涉及面广，情况特殊，问题敏感'.slice(9),
    '历史遗留问题',
    '特殊原因',
    '工作需要',
    '无法办理',
    '不予办理',
  ],
  ...[
    '依据《行政许可法》第四十二条，情况复杂，需要延期',
    '分管领导未签字',
    '网络故障，停电',
    '没有先例',
    '怕担责',
  ],
  ...[
    'Difficult',
    'The case is too complicated',
    'Leader is away',
    'System upgrade',
    'We are short of staff',
  ],
])('8 %j is trouble alone', (text) => {
  expect(isTroubleAlone(text)).toBe(true);
});

test.each([
  ...[
    '不符合规划条件',
    '图纸与说明不一致',
    '用地面积与勘测不符',
    '依法不需要取得行政许可',
    '缺少签章',
    'Outside the plan',
  ],
  ...['场地地质复杂，勘察报告缺少三号孔数据', '地下管线复杂，需补充论证管线迁改方案', '专家评审尚未出具意见'],
  ...[
    '不需许可',
    '没有依据',
    '不可行',
    '材料不全',
    '延长',
    '项目位于泄洪区，系统升级前已告知',
    '第二次补充论证',
    '承诺不实',
    '不属于本机关职权范围',
    'The plan lacks the river line',
  ],
])('8 %j names a ground', (text) => {
  expect(isTroubleAlone(text)).toBe(false);
});
