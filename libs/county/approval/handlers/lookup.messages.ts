/** Refusal messages of handlers that look up what a command depends on. */
export const LOOKUP_MESSAGES = {
  'application.unknown': {
    zh: '申请 {application} 不存在：项目未登记，或者其流程模板没有该事项',
    en: 'There is no application {application}: the project is not registered, or its template does not have this matter',
  },
  'application.matter-struck': {
    zh: '事项“{matter}”不适用于项目 {project}，已被剔除（{reason}）；需要办理的，请先恢复该事项',
    en: 'Matter {matter} does not apply to project {project} and was struck ({reason}); add it again first',
  },
  'application.round-not-next': {
    zh: '该事项的上一次申请 {previous} 尚未提交，不能以 {application} 再次申请',
    en: 'Application {application} is a further round of {previous}, which was never submitted',
  },
  'application.round-open': {
    zh: '该事项的申请 {previous} 正在办理（{stageZh}），不能再次申请',
    en: 'The matter cannot be applied for again as {application} while {previous} runs ({stage})',
  },
  'application.round-in-force': {
    zh: '该事项的申请 {previous} 已经办结并且有效（{stageZh}），无需再次申请',
    en: 'The matter cannot be applied for again as {application} while what {previous} granted is in force ({stage})',
  },
  'application.permit-number-counted': {
    zh: '证号“{number}”属于系统按规则编制的编号，不得自行填写；留空即由系统编号',
    en: 'The number {number} is of a form that the system counts; leave the field out, and the permit is numbered',
  },
  'application.permit-number-taken': {
    zh: '证号“{number}”已用于其他许可，不得重复',
    en: 'Another permit already has the number {number}',
  },
  'application.applicant-differs': {
    zh: '“{applicant}”不是申请 {application} 的申请人',
    en: '{applicant} is not the applicant of application {application}',
  },
  'application.project-unnamed': {
    zh: '项目 {project} 尚未确定申请人，应当由登记部门的窗口确定后提交；{person} 不能自行成为申请人',
    en: 'Project {project} has no applicant yet: the window that registered it must name the applicant; {person} does not become the applicant by submitting',
  },
  'application.matter-abolished': {
    zh: '事项“{matter}”已经取消（{reason}），不再受理',
    en: 'Matter {matter} has been abolished ({reason}); applications for it are no longer accepted',
  },
  'application.matter-not-in-force': {
    zh: '事项“{matter}”自{effectiveFrom}起施行，目前不能申请',
    en: 'Matter {matter} comes into force on {effectiveFrom}',
  },
  'application.acted-on-since-import': {
    zh: '申请 {application} 导入后已有人办理（{event}），应当由办理部门更正',
    en: 'People have acted on application {application} since it was imported ({event}); its department corrects it',
  },
} as const;

export type LookupViolation = keyof typeof LOOKUP_MESSAGES;
