/** Refusal messages about submission and material. */
export const INTAKE_MESSAGES = {
  'application.terms-not-countable': {
    zh: '申请 {application} 的时限应当是 0 至 3650 的整数天，不能是 {days}',
    en: 'A time limit of application {application} must be a whole number of days from 0 to 3650, not {days}',
  },
  'application.material-not-listed': {
    zh: '材料“{material}”不在申请 {application} 的材料目录中',
    en: 'The catalogue does not list the material {material} for application {application}',
  },
  'application.key-material': {
    zh: '“{material}”是申请 {application} 的法定材料，不得容缺，也不得以承诺代替',
    en: '{material} is required by law in application {application}; it can be neither late nor replaced by a commitment',
  },
  'application.materials-missing': {
    zh: '申请 {application} 缺少材料：{missing}',
    en: 'Application {application} lacks the material {missing}',
  },
} as const;
