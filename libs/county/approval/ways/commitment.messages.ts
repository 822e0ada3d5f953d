/** What is said when a commitment stands in the way, or there is none. */
export const COMMITMENT_MESSAGES = {
  'application.commitment-already': {
    zh: '申请 {application} 已经作出承诺',
    en: 'Application {application} carries a commitment already',
  },
  'application.no-commitment': {
    zh: '申请 {application} 没有作出承诺',
    en: 'Application {application} carries no commitment',
  },
  'application.commitment-checked': {
    zh: '申请 {application} 的承诺已经核查',
    en: 'The commitment of application {application} has been checked already',
  },
  'application.commitment-breached': {
    zh: '经核查，申请 {application} 的承诺不实，不能准予',
    en: 'The commitment of application {application} was found broken: it cannot be granted',
  },
} as const;
