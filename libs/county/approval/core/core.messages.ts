/** Refusal messages of every chapter: who may act, when, and with what reasons. */
export const CORE_MESSAGES = {
  'application.unknown-department': {
    zh: '部门“{department}”不存在',
    en: 'There is no department {department}',
  },
  'application.other-department': {
    zh: '申请 {application} 由{department}办理，{actorDepartment}无权办理',
    en: 'Application {application} is handled by {department}; {actorDepartment} may not act on it',
  },
  'application.not-the-applicant': {
    zh: '{person} 不是申请 {application} 的申请人，也未受其委托',
    en: '{person} is not the applicant of application {application} and does not act on their behalf',
  },
  'application.reasons-owed': {
    zh: '应当写明{field}',
    en: '{field} is required',
  },
  'application.not-an-instant': {
    zh: '{field}不是有效的时间：{value}',
    en: '{field} is not an instant in UTC with milliseconds: {value}',
  },
  'application.time-runs-backwards': {
    zh: '发生时间（{occurredAt}）不得早于上一记录的时间（{previous}）',
    en: 'The time {occurredAt} is before the previous event at {previous}',
  },
  'application.not-the-clock': {
    zh: '申请 {application} 的到期事项由系统自动处理，{person} 不能代为处理',
    en: 'The timers of application {application} are fired by the system; {person} may not fire them',
  },
} as const;
