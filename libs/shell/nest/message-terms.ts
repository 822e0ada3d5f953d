import { ESCALATION_LEVELS_ZH, EXCLUDED_PROCEDURES } from '#libs/law/terms';

/** Words for values that parameters of messages have, where a message names them by a code. */
type Terms = { readonly [value: string]: string };

const ROLES: Terms = {
  applicant: '申请人',
  agent: '代办员',
  window: '窗口人员',
  reviewer: '审查人员',
  'department-head': '部门负责人',
  supervisor: '督查人员',
  leader: '县领导',
  'campaign-office': '攻坚办人员',
  admin: '管理员',
};

const CAUSES: Terms = { ...EXCLUDED_PROCEDURES, supplement: '补正' };

const RULES: Terms = {
  'separate-decision': '审查与决定分离',
  'await-opinions': '等齐部门意见',
  'deficiency-term': '容缺补交期限',
};

const DIAGNOSTICS: Terms = { responsibility: '责任意识', complexity: '程序繁简', efficiency: '办事效率' };

/** Chinese words for the values of a parameter, by the parameter's name. */
export const CHINESE_TERMS: { readonly [parameter: string]: Terms } = {
  role: ROLES,
  roles: ROLES,
  level: ESCALATION_LEVELS_ZH,
  skipped: ESCALATION_LEVELS_ZH,
  cause: CAUSES,
  rule: RULES,
  diagnostic: DIAGNOSTICS,
  missing: DIAGNOSTICS,
  direction: { 'at-least': '不低于', 'at-most': '不高于' },
};

/** English words for the values of a parameter, where the value itself is not one. */
export const ENGLISH_TERMS: { readonly [parameter: string]: Terms } = {
  direction: { 'at-least': 'at least', 'at-most': 'at most' },
};

/** What officials call the fields that messages name. */
const FIELDS: Terms = {
  agent: '代办员',
  answer: '答复内容',
  answerBy: '答复期限',
  applicant: '申请人',
  article: '法律条款',
  attendance: '出席人员',
  basis: '依据',
  catalogueNote: '事项目录备注',
  chair: '主持人',
  change: '变更内容',
  co: '配合部门',
  code: '编号',
  comment: '评价内容',
  compensation: '补偿',
  day: '日期',
  department: '部门',
  departments: '部门',
  deputy: '分管领导',
  documents: '证明材料',
  dueOn: '完成期限',
  effectiveFrom: '施行日期',
  events: '办理记录',
  expected: '预期效果',
  explanation: '说明',
  finding: '核查结果',
  findings: '自查情况',
  from: '起始日期',
  ground: '法定理由',
  grounds: '理由',
  handInBy: '补交期限',
  happenedAt: '发生时间',
  indicator: '指标',
  items: '事项',
  lastDay: '最后一日',
  law: '法律名称',
  lead: '牵头部门',
  leader: '包联领导',
  legalBasis: '法定依据',
  materials: '材料',
  matters: '事项',
  measures: '整改措施',
  name: '名称',
  nationalCode: '项目代码',
  note: '备注',
  notice: '告知书文号',
  occurredAt: '发生时间',
  on: '日期',
  opinion: '意见',
  organ: '有权机关',
  owner: '责任部门',
  owners: '责任部门',
  password: '密码',
  people: '人员',
  person: '人员',
  post: '职务',
  principal: '主要领导',
  problem: '问题',
  proposal: '建议',
  question: '问题',
  reason: '理由',
  receivedAt: '收到时间',
  remedies: '救济途径',
  report: '落实情况',
  resolution: '议定事项',
  result: '结果',
  ruling: '裁定',
  second: '另一名核查人员',
  sections: '通报内容',
  skipReason: '越级理由',
  stages: '阶段',
  statement: '承诺内容',
  step: '环节',
  successor: '承接部门',
  summary: '摘要',
  target: '目标值',
  tasks: '任务',
  text: '内容',
  title: '标题',
  to: '截止日期',
  unit: '计量单位',
  until: '截止日期',
  validUntil: '有效期',
  value: '数值',
  window: '窗口',
};

/** 任务第 2 项的责任部门 for `tasks[1].owner`; a part without a Chinese name stays as it is. */
export function chineseField(path: string): string {
  return path
    .split('.')
    .map((part) => {
      const [, name = part, index] = /^(.+?)(?:\[(\d+)\])?$/.exec(part) ?? [];
      const word = Object.hasOwn(FIELDS, name) ? FIELDS[name] : name;
      return index === undefined ? word : `${word}第 ${Number(index) + 1} 项`;
    })
    .join('的');
}
