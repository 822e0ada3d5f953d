/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const SESSION_MESSAGES = {
  'session.unknown': { zh: '联审会议 {session} 不存在', en: 'There is no joint review session {session}' },
  'session.exists': {
    zh: '联审会议 {session} 已经召集',
    en: 'Joint review session {session} has already been convened',
  },
  'session.reserved-id': {
    zh: '编号 {session} 已预留给半月例会',
    en: 'The id {session} is reserved for the half-monthly sessions',
  },
  'session.not-a-day': { zh: '日期无效：{value}', en: '{value} is not a valid date' },
  'session.in-the-past': {
    zh: '{day}已经过去',
    en: '{day} is in the past',
  },
  'session.not-its-day': {
    zh: '联审会议 {session} 定于{day}召开',
    en: 'Joint review session {session} is to be held on {day}',
  },
  'session.not-convened': {
    zh: '联审会议 {session} 尚未召集，议程未定',
    en: 'Joint review session {session} has not been convened yet and has no agenda',
  },
  'session.not-open': {
    zh: '联审会议 {session} 尚未开会',
    en: 'Joint review session {session} has not been opened',
  },
  'session.opened-already': {
    zh: '联审会议 {session} 已经开会',
    en: 'Joint review session {session} has already been opened',
  },
  'session.closed': { zh: '联审会议 {session} 已经闭会', en: 'Joint review session {session} is closed' },
  'session.missed': {
    zh: '联审会议 {session} 未按期召开，议题转入下次会议',
    en: 'Joint review session {session} was not held on its day; its items move to the next session',
  },
  'session.unknown-department': {
    zh: '部门“{department}”不存在',
    en: 'There is no department {department}',
  },
  'session.not-on-the-agenda': {
    zh: '申请 {application} 未列入联审会议 {session} 的议程',
    en: 'Application {application} is not on the agenda of session {session}',
  },
  'session.item-resolved': {
    zh: '联审会议 {session} 对申请 {application} 已有议定事项',
    en: 'Session {session} has already resolved on application {application}',
  },
  'session.case-ended': {
    zh: '申请 {application} 已经结束（{stageZh}），联审会议 {session} 不再议定',
    en: 'Application {application} has ended ({stage}); session {session} can no longer resolve on it',
  },
  'session.resolved-elsewhere': {
    zh: '申请 {application} 已由同日的联审会议 {other} 议定，联审会议 {session} 不再另行议定',
    en: 'Session {other} of the same day has resolved on application {application}; session {session} cannot resolve differently',
  },
  'session.nothing-resolved': {
    zh: '联审会议 {session} 对申请 {application} 没有议定事项',
    en: 'Session {session} has resolved nothing on application {application}',
  },
  'session.reported-already': {
    zh: '联审会议 {session} 对申请 {application} 的议定事项已经反馈落实',
    en: 'What session {session} resolved on application {application} has already been reported as done',
  },
  'session.not-your-resolution': {
    zh: '申请 {application} 的议定事项由{department}落实',
    en: 'What was resolved on application {application} is to be done by {department}',
  },
} as const;

export type SessionViolation = keyof typeof SESSION_MESSAGES;
