/** Text of what the handlers refuse while they look up what a command rests on. */
export const LOOKUP_MESSAGES = {
  'application.unknown': {
    zh: '没有申请 {application}：项目未登记，或者其流程模板没有该事项',
    en: 'There is no application {application}: no such project, or its template has no such matter',
  },
  'application.applicant-differs': {
    zh: '申请 {application} 的申请人不是“{applicant}”',
    en: 'The applicant of {application} is not {applicant}',
  },
  'application.project-unnamed': {
    zh: '项目 {project} 尚未确定申请人，须由登记部门的窗口确定后才能提交；{person} 不能自行成为申请人',
    en: 'Project {project} has no applicant yet: the window that registered it names them; {person} does not become it by handing in',
  },
  'application.matter-abolished': {
    zh: '事项 {matter} 已经取缔（{reason}），不再受理',
    en: 'Matter {matter} was abolished ({reason}) and is asked for no more',
  },
  'application.matter-not-in-force': {
    zh: '事项 {matter} 自 {effectiveFrom} 起施行',
    en: 'Matter {matter} comes into force on {effectiveFrom}',
  },
} as const;

export type LookupViolation = keyof typeof LOOKUP_MESSAGES;
