/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const ROSTER_MESSAGES = {
  'roster.not-your-department': {
    zh: '只能管理本部门的窗口名册，不能管理“{department}”的',
    en: 'A head keeps the roster of the own department only, not that of {department}',
  },
  'roster.not-a-day': {
    zh: '{field} 不是有效日期：{day}',
    en: '{field} is not a day of the calendar: {day}',
  },
  'roster.ends-before-it-begins': {
    zh: 'until {until} 早于 from {from}',
    en: 'until {until} lies before from {from}',
  },
  'roster.backdated': {
    zh: 'from {from} 早于今日 {today}，不得倒签',
    en: 'from {from} lies before today, {today}: this is not backdated',
  },
  'roster.not-window-staff': {
    zh: '{person} 在 {day} 不是“{department}”的窗口人员（账户角色 window，并在本部门任职）',
    en: '{person} is no window staff of {department} on {day}: an account with role window and a post there',
  },
  'roster.posted-already': {
    zh: '{person} 自 {from} 起已在窗口“{window}”',
    en: '{person} is at window {window} from {from} on already',
  },
  'roster.window-closed': {
    zh: '窗口“{window}”自 {from} 起已撤销',
    en: 'Window {window} is closed from {from} on',
  },
  'roster.window-unknown': { zh: '没有窗口“{window}”', en: 'There is no window {window}' },
  'roster.window-occupied': {
    zh: '{from} 起窗口“{window}”仍有 {person}，须先撤出',
    en: '{person} is still at window {window} on or after {from} and has to leave it first',
  },
  'roster.not-at-a-window': {
    zh: '{person} 在 {day} 不在任何窗口',
    en: '{person} is at no window on {day}',
  },
  'roster.delegation-exists': {
    zh: '授权 {delegation} 已经存在',
    en: 'Delegation {delegation} exists already',
  },
  'roster.delegation-unknown': { zh: '没有授权 {delegation}', en: 'There is no delegation {delegation}' },
  'roster.scope-unclear': {
    zh: '授权范围不明（{field}）：或全权（full），或列明 acts、matters',
    en: 'The scope is not clear ({field}): either full, or lists of acts and matters',
  },
  'roster.unknown-matters': {
    zh: 'matters 中没有这些事项：{matters}',
    en: 'matters names what is not in the catalogue: {matters}',
  },
  'roster.not-after': {
    zh: '自 {latest} 起已另有规定，新的规定不得早于该日（{from}）',
    en: 'Another rule holds from {latest} on; the new one cannot begin before it, on {from}',
  },
  'delegation.missing': {
    zh: '{person} 在 {day} 没有可对事项 {matter} 作出“{actZh}”（{act}）的授权',
    en: '{person} holds no delegation on {day} that covers the act {act} ({actZh}) on matter {matter}',
  },
} as const;

export type RosterViolation = keyof typeof ROSTER_MESSAGES;
