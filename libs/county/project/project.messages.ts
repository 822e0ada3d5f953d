/** Text of each violation in both languages; `{name}` is filled from the violation's params. */
export const PROJECT_MESSAGES = {
  'project.exists': { zh: '项目 {project} 已经登记', en: 'Project {project} is registered already' },
  'project.not-registered': {
    zh: '项目 {project} 尚未登记',
    en: 'Project {project} has not been registered',
  },
  'project.code-malformed': {
    zh: '项目代码“{code}”不符合 GB/T 40058-2021 的格式（24 位，如 2611-210521-04-01-123456）',
    en: 'The project code {code} has not the form of GB/T 40058-2021 (24 characters, such as 2611-210521-04-01-123456)',
  },
  'project.code-check-digit': {
    zh: '项目代码“{code}”的校验码不正确，请核对',
    en: 'The check digit of the project code {code} is not right',
  },
  'project.code-taken': {
    zh: '项目代码“{code}”已被其他项目使用',
    en: 'Another project has the project code {code}',
  },
  'project.code-taken-by': {
    zh: '项目代码“{code}”已被项目“{project}”使用',
    en: 'Project {project} has the project code {code}',
  },
  'project.unknown-template': {
    zh: '没有流程模板“{template}”',
    en: 'There is no process template {template}',
  },
  'project.unknown-matter': {
    zh: '流程模板“{template}”引用的事项 {matter} 不在目录中',
    en: 'Template {template} names the matter {matter}, which the catalogue does not have',
  },
  'project.id-too-long': {
    zh: '项目编号 {project} 过长：申请编号 {application} 超过 100 个字符',
    en: 'The project id {project} is too long: application id {application} is over 100 characters',
  },
  'project.other-applicant': {
    zh: '{person} 只能以自己为申请人登记项目，不能以“{applicant}”为申请人',
    en: '{person} may register projects as their own only, not as those of {applicant}',
  },
  'project.applicant-missing': {
    zh: '项目 {project} 尚无申请人，请注明申请人账号（applicant）',
    en: 'Project {project} has no applicant yet: name the account that applies (applicant)',
  },
  'project.not-the-registrar': {
    zh: '项目 {project} 的申请人由登记部门“{registrar}”确定，{person} 无权确定',
    en: 'Whose project {project} is, the department that registered it says ({registrar}); {person} does not',
  },
  'project.accepted': {
    zh: '项目 {project} 的申请 {application} 已经受理，申请人不能再更正',
    en: 'Application {application} of project {project} was accepted: its applicant can be corrected no longer',
  },
  'project.applicant-unnamed': {
    zh: '项目 {project} 尚未确定申请人，没有可更正的',
    en: 'Project {project} has no applicant yet: there is nothing to correct',
  },
  'project.applicant-known': {
    zh: '项目 {project} 已有其他申请人',
    en: 'Project {project} has another applicant already',
  },
  'project.mandate-missing': {
    zh: '代理人 {person} 登记项目应当指明委托人',
    en: 'The agent {person} must say on whose behalf the project is registered',
  },
  'project.no-such-matter': {
    zh: '项目 {project} 没有事项 {matter}',
    en: 'Project {project} has no matter {matter}',
  },
  'project.no-such-stage': {
    zh: '项目 {project} 没有阶段“{stage}”',
    en: 'Project {project} has no stage {stage}',
  },
  'project.stage-submitted': {
    zh: '项目 {project} 阶段“{stage}”的申请都已提交',
    en: 'Every application of stage {stage} of project {project} is submitted already',
  },
  'project.matter-submitted': {
    zh: '项目 {project} 的事项 {matter} 已经提交申请，不再预审',
    en: 'The application of project {project} for {matter} is submitted: there is nothing to advise on before it',
  },
  'project.not-the-applicant': {
    zh: '{person} 不是项目 {project} 的申请人，也未受其委托',
    en: '{person} is not the applicant of project {project}, nor acts on their behalf',
  },
  'project.other-department': {
    zh: '项目 {project} 的事项 {matter} 由“{department}”办理，“{actorDepartment}”无权办理',
    en: 'Matter {matter} of project {project} belongs to {department}; {actorDepartment} may not act on it',
  },
} as const;

export type ProjectViolation = keyof typeof PROJECT_MESSAGES;
