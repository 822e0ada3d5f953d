/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const DUTY_MESSAGES = {
  'duty.unknown-matter': { zh: '没有事项 {matter}', en: 'There is no matter {matter}' },
  'duty.matter-abolished': {
    zh: '事项 {matter} 已经取缔，不再有责任人',
    en: 'Matter {matter} was abolished: nobody answers for it any more',
  },
  'duty.not-a-day': { zh: '{field} 不是有效日期：{day}', en: '{field} is not a day of the calendar: {day}' },
  'duty.no-post': {
    zh: '{person} 在 {day} 没有职务，不能作为责任人',
    en: '{person} holds no post on {day} and cannot answer for a matter',
  },
  'duty.other-department': {
    zh: '事项 {matter} 由“{department}”办理，{person} 任职于“{other}”',
    en: 'Matter {matter} belongs to {department}, and {person} holds a post in {other}',
  },
  'duty.not-your-department': {
    zh: '只能为本部门的事项明确责任人，事项 {matter} 属于“{department}”',
    en: 'A head names people for the own department only, and matter {matter} belongs to {department}',
  },
  'duty.lead-decides': {
    zh: '事项 {matter} 由“{department}”审批并牵头，不能由“{lead}”牵头',
    en: 'Matter {matter} is decided and led by {department}, and cannot be led by {lead}',
  },
  'duty.lead-contributes': {
    zh: '“{lead}”是牵头部门，不能同时列入 {field}（配合部门）',
    en: '{lead} leads the matter and cannot be among {field}, those who contribute',
  },
  'duty.unknown-departments': {
    zh: '没有这些部门：{departments}',
    en: 'There are no such departments: {departments}',
  },
  'duty.not-after': {
    zh: '事项 {matter} 自 {latest} 起已有责任人，新的责任人须自其后起任（{from}）',
    en: 'Somebody answers for matter {matter} from {latest} on; a handover has to begin after that, not on {from}',
  },
  'catalogue.unassigned-matters': {
    zh: '{day} 有 {count} 个事项没有责任人，不得公布目录：{matters}',
    en: 'On {day} nobody answers for {count} matters, so the catalogue cannot be published: {matters}',
  },
  'catalogue.exists': {
    zh: '目录 {catalogue} 已经公布，内容不同；请另用编号',
    en: 'Catalogue {catalogue} is published with another content; use another id',
  },
} as const;

export type DutyViolation = keyof typeof DUTY_MESSAGES;
