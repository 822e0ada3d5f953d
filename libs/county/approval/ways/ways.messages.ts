/** Refusal messages about the fast track and special handling. */
export const WAYS_MESSAGES = {
  'application.not-a-grantor': {
    zh: '{person} 无权对申请 {application} 批准快速通道或者特事特办',
    en: '{person} may not grant the fast track or special handling to application {application}',
  },
  'application.rule-not-variable': {
    zh: '“{ruleZh}”由法律规定，申请 {application} 不得以特事特办突破',
    en: 'The rule {rule} is set by statute; special handling cannot vary it for application {application}',
  },
  'application.rule-varied-already': {
    zh: '申请 {application} 已就“{rule}”批准特事特办',
    en: 'The rule {rule} has already been varied for application {application}',
  },
  'application.fast-track-already': {
    zh: '申请 {application} 已进入快速通道',
    en: 'Application {application} is already on the fast track',
  },
  'application.not-a-key-project': {
    zh: '项目 {project} 未列为重点项目，申请 {application} 不得以重点项目为由进入快速通道',
    en: 'Project {project} was not designated a key project, so application {application} cannot be on the fast track as one',
  },
} as const;
