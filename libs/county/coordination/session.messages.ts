/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const SESSION_MESSAGES = {
  'session.unknown': { zh: '没有联审会议 {session}', en: 'There is no joint review session {session}' },
  'session.exists': {
    zh: '联审会议 {session} 已经召集',
    en: 'Joint review session {session} has been convened already',
  },
  'session.reserved-id': {
    zh: '编号 {session} 留给半月例会',
    en: 'The id {session} is kept for the sessions of the half-monthly schedule',
  },
  'session.not-a-day': { zh: '“{value}”不是日期', en: '{value} is not a day' },
  'session.in-the-past': {
    zh: '{day} 已经过去',
    en: '{day} lies in the past',
  },
  'session.not-its-day': {
    zh: '联审会议 {session} 定于 {day} 召开',
    en: 'Joint review session {session} is to be held on {day}',
  },
  'session.not-convened': {
    zh: '联审会议 {session} 尚未召集，议程未定',
    en: 'Joint review session {session} has not been convened yet: it has no agenda',
  },
  'session.not-open': {
    zh: '联审会议 {session} 尚未开会',
    en: 'Joint review session {session} has not been opened',
  },
  'session.opened-already': {
    zh: '联审会议 {session} 已经开会',
    en: 'Joint review session {session} has been opened already',
  },
  'session.closed': { zh: '联审会议 {session} 已经散会', en: 'Joint review session {session} is closed' },
  'session.missed': {
    zh: '联审会议 {session} 未按期召开，议题转入下次会议',
    en: 'Joint review session {session} was not held on its day; its items go to the next',
  },
  'session.unknown-department': {
    zh: '没有部门“{department}”',
    en: 'There is no department {department}',
  },
  'session.not-on-the-agenda': {
    zh: '申请 {application} 不在联审会议 {session} 的议程上',
    en: 'Application {application} is not on the agenda of session {session}',
  },
  'session.item-resolved': {
    zh: '申请 {application} 在联审会议 {session} 上已有议定事项',
    en: 'Session {session} has resolved on application {application} already',
  },
  'session.case-ended': {
    zh: '申请 {application} 已经终结（{stageZh}，{stage}），联审会议 {session} 不再议定',
    en: 'Application {application} has ended ({stage}, {stageZh}): session {session} resolves nothing on it',
  },
  'session.resolved-elsewhere': {
    zh: '申请 {application} 由同日的联审会议 {other} 议定，联审会议 {session} 不再另行议定',
    en: 'Session {other} of the same day resolves on application {application}; session {session} does not resolve otherwise',
  },
  'session.nothing-resolved': {
    zh: '联审会议 {session} 对申请 {application} 没有议定事项',
    en: 'Session {session} has resolved nothing on application {application}',
  },
  'session.reported-already': {
    zh: '联审会议 {session} 对申请 {application} 的议定事项已反馈落实',
    en: 'What session {session} resolved on application {application} is reported done already',
  },
  'session.not-your-resolution': {
    zh: '申请 {application} 的议定事项由“{department}”落实',
    en: 'What was resolved on application {application} is for {department} to do',
  },
} as const;

export type SessionViolation = keyof typeof SESSION_MESSAGES;
