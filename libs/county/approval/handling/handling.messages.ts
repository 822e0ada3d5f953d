/** Refusal messages about who handles an application. */
export const HANDLING_MESSAGES = {
  'application.department-missing': {
    zh: '联办事项应当指明办理部门',
    en: 'In a joint matter, the person who assigns the reviewer must act for a department',
  },
  'application.transfer-changes-nothing': {
    zh: '申请 {application} 已由{department}办理，办理部门和人员未变，无需转办',
    en: 'Application {application} is already with {department}, and the person does not change: there is nothing to transfer',
  },
  'application.second-is-the-first': {
    zh: '申请 {application} 的现场核查应当由两名以上工作人员进行，{field}不能是记录人本人（{person}）',
    en: 'An on-site check of application {application} takes two officials: {field} may not be {person}, who records it',
  },
} as const;
