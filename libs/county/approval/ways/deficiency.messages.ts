/** What is said when material may not be missing, is not missing, or is missing too long. */
export const DEFICIENCY_MESSAGES = {
  'application.material-not-listed': {
    zh: '事项目录中没有申请 {application} 的材料“{material}”',
    en: 'The catalogue lists no material {material} for application {application}',
  },
  'application.key-material': {
    zh: '“{material}”是申请 {application} 的法定材料，不能容缺，也不能以承诺代替',
    en: 'The law asks for {material} in application {application}: it may be neither late nor promised',
  },
  'application.deficiency-too-long': {
    zh: '申请 {application} 的容缺期限为 {days} 个工作日，最长 {most} 个工作日',
    en: 'Application {application} may lack material for {most} working days at the most, not for {days}',
  },
  'application.material-handed-in': {
    zh: '申请 {application} 已经提交材料“{material}”，不是容缺材料',
    en: 'Application {application} has handed in {material} already: it is not missing',
  },
  'application.material-not-missing': {
    zh: '申请 {application} 没有容缺材料“{material}”',
    en: 'Application {application} does not lack the material {material}',
  },
  'application.no-deficiency': {
    zh: '申请 {application} 没有待补交的容缺材料',
    en: 'Application {application} lacks no material',
  },
  'application.deficiency-lapsed': {
    zh: '申请 {application} 的容缺期限（{handInBy}）已过并已记录逾期',
    en: 'Application {application} did not hand in by {handInBy} what it lacked, and that is on record',
  },
  'application.deficiency-not-due': {
    zh: '申请 {application} 的容缺期限为 {handInBy}，尚未届满',
    en: 'Application {application} may hand in what it lacks until {handInBy}',
  },
  'application.deficiency-outstanding': {
    zh: '申请 {application} 尚缺容缺材料：{missing}',
    en: 'Application {application} still lacks {missing}',
  },
  'application.materials-missing': {
    zh: '申请 {application} 缺少材料：{missing}',
    en: 'Application {application} lacks the material {missing}',
  },
} as const;
