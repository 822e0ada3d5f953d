// Words that officials have for values of the law, where rules, events and messages use the same.

/** 特别程序: procedures whose time may be taken out of a term, as officials call them. Which ones a matter has, its own law says. */
export const EXCLUDED_PROCEDURES = {
  hearing: '听证',
  bidding: '招标',
  auction: '拍卖',
  inspection: '检验',
  testing: '检测',
  quarantine: '检疫',
  appraisal: '鉴定',
  'expert-review': '专家评审',
  'technical-review': '技术评审',
  'technical-assessment': '技术评估',
  'agency-assessment': '委托中介机构评估',
  'department-opinions': '征求有关部门意见',
  'dispute-settlement': '解决争议或者诉讼',
} as const;
/** A special procedure (特别程序), whose time is not counted. */
export type ExcludedProcedure = keyof typeof EXCLUDED_PROCEDURES;

/** 提级: who the levels are, lowest first. */
export const ESCALATION_LEVELS_ZH = {
  'department-head': '部门负责人',
  supervision: '督查室',
  'deputy-county-head': '分管副县长',
  'leading-group': '领导小组',
} as const;
