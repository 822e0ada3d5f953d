/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const DUTY_MESSAGES = {
  'duty.unknown-matter': { zh: '事项“{matter}”不存在', en: 'There is no matter {matter}' },
  'duty.matter-abolished': {
    zh: '事项“{matter}”已经取消，不再确定责任人',
    en: 'Matter {matter} has been abolished; nobody can be made responsible for it',
  },
  'duty.not-a-day': { zh: '{field}无效：{day}', en: '{field} is not a valid date: {day}' },
  'duty.no-post': {
    zh: '{person} 在{day}没有任职，不能作为责任人',
    en: '{person} holds no post on {day} and cannot be responsible for a matter',
  },
  'duty.other-department': {
    zh: '事项“{matter}”由{department}办理，{person} 任职于{other}',
    en: 'Matter {matter} belongs to {department}, but {person} holds a post in {other}',
  },
  'duty.not-your-department': {
    zh: '只能为本部门的事项明确责任人，事项“{matter}”由{department}办理',
    en: 'A department head can name people only for matters of their own department; matter {matter} belongs to {department}',
  },
  'duty.lead-decides': {
    zh: '事项“{matter}”由{department}审批并牵头，不能由{lead}牵头',
    en: 'Matter {matter} is decided and led by {department}; {lead} cannot lead it',
  },
  'duty.lead-contributes': {
    zh: '{lead}是牵头部门，不能同时列为{field}',
    en: '{lead} leads the matter and cannot also be listed in {field}',
  },
  'duty.unknown-departments': {
    zh: '部门不存在：{departments}',
    en: 'There are no such departments: {departments}',
  },
  'duty.not-after': {
    zh: '事项“{matter}”自{latest}起已有责任人，新的责任人应当自该日之后起任，不能自{from}起任',
    en: 'Matter {matter} already has a responsible person from {latest}; a handover must begin after that day, not on {from}',
  },
  'catalogue.unassigned-matters': {
    zh: '{day}有 {count} 个事项没有责任人，不得公布目录：{matters}',
    en: 'On {day} {count} matters have no responsible person, so the catalogue cannot be published: {matters}',
  },
  'catalogue.exists': {
    zh: '目录 {catalogue} 已经公布且内容不同，请另用编号',
    en: 'Catalogue {catalogue} has already been published with different content; use another id',
  },
} as const;

export type DutyViolation = keyof typeof DUTY_MESSAGES;
