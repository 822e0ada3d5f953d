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
  'application.key-materials-missing': {
    zh: '申请 {application} 缺少法定材料，不得受理：{missingZh}',
    en: 'Application {application} cannot be accepted without what the law asks for: {missing}',
  },
  'application.materials-missing': {
    zh: '申请 {application} 缺少材料：{missing}',
    en: 'Application {application} lacks the material {missing}',
  },
  'application.no-ground-not-to-accept': {
    zh: '申请 {application} 只有依法不需要取得行政许可（不受理）或者依法不属于本机关职权范围（不予受理）的，才可以不受理或者不予受理；{field}未写明其中之一',
    en: 'Application {application} may be turned away only when no licence is needed or the organ is not competent; {field} names neither',
  },
  'application.filing-not-turned-away': {
    zh: '申请 {application} 属于备案，只有不属于备案范围的，才可以不予受理，并应当引用该事项自身的法律依据；{field}不符合',
    en: 'Application {application} is a filing: it may be turned away only when it is not within the scope of the filing, by an article of its own law; {field} says otherwise',
  },
  'application.organ-not-named': {
    zh: '申请 {application} 不属于本机关职权范围的，应当写明申请人应向哪个行政机关申请（{field}）',
    en: 'Application {application} is for another organ: {field} must name the one that the applicant is to apply to',
  },
} as const;
