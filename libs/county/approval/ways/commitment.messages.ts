/** Refusal messages about commitments. */
export const COMMITMENT_MESSAGES = {
  'application.commitment-already': {
    zh: '申请 {application} 已经作出承诺',
    en: 'Application {application} already has a commitment',
  },
  'application.no-commitment': {
    zh: '申请 {application} 尚未作出承诺',
    en: 'Application {application} has no commitment',
  },
  'application.commitment-checked': {
    zh: '申请 {application} 的承诺已经核查',
    en: 'The commitment of application {application} has already been checked',
  },
  'application.commitment-breached': {
    zh: '经核查，申请 {application} 的承诺不实，不得准予许可',
    en: 'The commitment of application {application} was found to be broken, so it cannot be approved',
  },
} as const;
