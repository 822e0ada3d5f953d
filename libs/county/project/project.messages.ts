/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const PROJECT_MESSAGES = {
  'project.exists': { zh: '项目 {project} 已经登记', en: 'Project {project} is already registered' },
  'project.not-registered': {
    zh: '项目 {project} 尚未登记',
    en: 'Project {project} has not been registered',
  },
  'project.code-malformed': {
    zh: '项目代码“{code}”不符合 GB/T 40058-2021 的格式（24 位，如 2611-210521-04-01-123456）',
    en: 'The project code {code} does not have the form of GB/T 40058-2021 (24 characters, such as 2611-210521-04-01-123456)',
  },
  'project.code-check-digit': {
    zh: '项目代码“{code}”的校验码不正确，请核对',
    en: 'The check digit of the project code {code} is wrong',
  },
  'project.code-taken': {
    zh: '项目代码“{code}”已被其他项目使用',
    en: 'The project code {code} is already used by another project',
  },
  'project.code-taken-by': {
    zh: '项目代码“{code}”已被项目“{project}”使用',
    en: 'The project code {code} is already used by project {project}',
  },
  'project.unknown-template': {
    zh: '流程模板“{template}”不存在',
    en: 'There is no process template {template}',
  },
  'project.unknown-matter': {
    zh: '流程模板“{template}”引用的事项“{matter}”不在事项目录中',
    en: 'Template {template} names the matter {matter}, which is not in the catalogue',
  },
  'project.id-too-long': {
    zh: '项目编号 {project} 过长：申请编号 {application} 超过 100 个字符',
    en: 'The project id {project} is too long: the application id {application} exceeds 100 characters',
  },
  'project.other-applicant': {
    zh: '{person} 只能以本人为申请人登记项目，不能以“{applicant}”为申请人',
    en: '{person} can register projects only with themselves as the applicant, not with {applicant}',
  },
  'project.applicant-missing': {
    zh: '项目 {project} 尚未确定申请人，请注明申请人账号',
    en: 'Project {project} has no applicant yet; name the account of the applicant (applicant)',
  },
  'project.not-the-registrar': {
    zh: '项目 {project} 的申请人由登记部门{registrar}确定，{person} 无权确定',
    en: 'The applicant of project {project} is named by the department that registered it, {registrar}; {person} may not name the applicant',
  },
  'project.accepted': {
    zh: '项目 {project} 的申请 {application} 已经受理，申请人不能再更正',
    en: 'Application {application} of project {project} has been accepted, so the applicant can no longer be corrected',
  },
  'project.applicant-unnamed': {
    zh: '项目 {project} 尚未确定申请人，无需更正',
    en: 'Project {project} has no applicant yet, so there is nothing to correct',
  },
  'project.applicant-known': {
    zh: '项目 {project} 已有其他申请人',
    en: 'Project {project} already has another applicant',
  },
  'project.mandate-missing': {
    zh: '代办员 {person} 登记项目应当指明委托人',
    en: 'The agent {person} must say on whose behalf the project is registered',
  },
  'project.no-such-matter': {
    zh: '项目 {project} 没有事项“{matter}”',
    en: 'Project {project} has no matter {matter}',
  },
  'project.no-such-stage': {
    zh: '项目 {project} 没有阶段“{stage}”',
    en: 'Project {project} has no stage {stage}',
  },
  'project.stage-submitted': {
    zh: '项目 {project} 阶段“{stage}”的申请均已提交',
    en: 'All applications of stage {stage} of project {project} have already been submitted',
  },
  'project.matter-submitted': {
    zh: '项目 {project} 的事项“{matter}”已经提交申请，不再预审',
    en: 'Project {project} has already applied for {matter}; it is too late for a pre-review',
  },
  'project.not-the-applicant': {
    zh: '{person} 不是项目 {project} 的申请人，也未受其委托',
    en: '{person} is not the applicant of project {project} and does not act on their behalf',
  },
  'project.other-department': {
    zh: '项目 {project} 的事项“{matter}”由{department}办理，{actorDepartment}无权办理',
    en: 'Matter {matter} of project {project} belongs to {department}; {actorDepartment} may not act on it',
  },
  'project.unknown-question': {
    zh: '问卷中没有问题“{question}”',
    en: 'The questionnaire has no question {question}',
  },
  'project.not-an-answer': {
    zh: '“{answer}”不是问题“{question}”的有效答案',
    en: '{answer} does not answer the question {question}',
  },
  'project.not-its-office': {
    zh: '项目 {project} 不由{department}办理，{person} 无权确定其适用事项',
    en: 'Project {project} is no business of {department}; {person} may not decide which matters apply to it',
  },
  'project.matter-not-in-catalogue': {
    zh: '事项目录中没有事项“{matter}”',
    en: 'The catalogue has no matter {matter}',
  },
  'project.matter-abolished': {
    zh: '事项“{matter}”{name}已取消，不得要求办理',
    en: 'Matter {matter} ({name}) was abolished and is asked for no more',
  },
  'project.matter-not-in-force': {
    zh: '事项“{matter}”{name}尚未施行',
    en: 'Matter {matter} ({name}) is not in force yet',
  },
  'project.matter-there': {
    zh: '项目 {project} 已有事项“{matter}”{name}',
    en: 'Project {project} already has the matter {matter} ({name})',
  },
  'project.matter-applied': {
    zh: '项目 {project} 的事项“{matter}”{name}已经提出申请，不能剔除',
    en: 'Project {project} has applied for {matter} ({name}), which can no longer be struck',
  },
  'project.matter-mandatory': {
    zh: '事项“{matter}”{name}是项目 {project} 的法定必办事项，没有可以排除它的适用条件，不能剔除',
    en: 'Matter {matter} ({name}) is required of project {project}: no condition is on record that excludes it',
  },
  'project.matter-needed': {
    zh: '按照问卷答案，项目 {project} 符合事项“{matter}”{name}的适用条件（{conditionZh}），不能剔除',
    en: 'By the recorded answers project {project} needs {matter} ({name}): {condition}',
  },
  'project.matter-not-excluded': {
    zh: '问卷答案不足以排除事项“{matter}”{name}，请先回答：{questionsZh}',
    en: 'The recorded answers do not exclude {matter} ({name}); answer first: {questions}',
  },
  'project.matter-not-proposed': {
    zh: '问卷答案未提出对事项“{matter}”{name}作此变更',
    en: 'The recorded answers do not propose this for {matter} ({name})',
  },
  'project.nothing-confirmed': {
    zh: '没有需要确认的事项',
    en: 'There is nothing to confirm',
  },
} as const;

export type ProjectViolation = keyof typeof PROJECT_MESSAGES;
