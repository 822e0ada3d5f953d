import { CLOCK_MESSAGES } from '../clock/clock.messages.js';
import { CONSULTATION_MESSAGES } from '../consultation/consultation.messages.js';
import { IMMEDIATE_MESSAGES } from '../decision/immediate.messages.js';
import { ISSUE_MESSAGES } from '../handling/issue.messages.js';
import { PERMIT_MESSAGES } from '../permit/permit.messages.js';
import { RATING_MESSAGES } from '../record/rating.messages.js';
import { RECORD_MESSAGES } from '../record/record.messages.js';
import { COMMITMENT_MESSAGES } from '../ways/commitment.messages.js';
import { DEFICIENCY_MESSAGES } from '../ways/deficiency.messages.js';
import { WAYS_MESSAGES } from '../ways/ways.messages.js';

/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const APPROVAL_MESSAGES = {
  ...CLOCK_MESSAGES,
  'application.not-submitted': {
    zh: '申请 {application} 尚未提交',
    en: 'Application {application} has not been submitted',
  },
  'application.already-submitted': {
    zh: '申请 {application} 已经提交，目前状态为“{stageZh}”',
    en: 'Application {application} has already been submitted; its stage is {stage}',
  },
  'application.wrong-stage': {
    zh: '申请 {application} 目前状态为“{stageZh}”，不能{actZh}',
    en: 'Application {application} is {stage}; {act} is not allowed at this stage',
  },
  'application.ended': {
    zh: '申请 {application} 已经结束（{stageZh}），不能{actZh}',
    en: 'Application {application} has ended ({stage}); {act} is no longer allowed',
  },
  'application.other-department': {
    zh: '申请 {application} 由{department}办理，{actorDepartment}无权办理',
    en: 'Application {application} is handled by {department}; {actorDepartment} may not act on it',
  },
  'application.not-the-applicant': {
    zh: '{person} 不是申请 {application} 的申请人，也未受其委托',
    en: '{person} is not the applicant of application {application} and does not act on their behalf',
  },
  'application.reviewer-decides': {
    zh: '{person} 参与了申请 {application} 的审查，不得同时作出决定',
    en: '{person} took part in the review of application {application} and may not also decide it',
  },
  'application.review-missing': {
    zh: '申请 {application} 尚未分办审查，也没有审查环节的记录，不得作出决定',
    en: 'Application {application} has not been assigned to a reviewer and has no review step on record, so it cannot be decided',
  },
  'application.not-an-instant': {
    zh: '{field}不是有效的时间：{value}',
    en: '{field} is not an instant in UTC with milliseconds: {value}',
  },
  'application.terms-not-countable': {
    zh: '申请 {application} 的时限应当是 0 至 3650 的整数天，不能是 {days}',
    en: 'A time limit of application {application} must be a whole number of days from 0 to 3650, not {days}',
  },
  'application.time-runs-backwards': {
    zh: '发生时间（{occurredAt}）不得早于上一记录的时间（{previous}）',
    en: 'The time {occurredAt} is before the previous event at {previous}',
  },
  'application.department-missing': {
    zh: '联办事项应当指明办理部门',
    en: 'In a joint matter, the person who assigns the reviewer must act for a department',
  },
  'application.reasons-owed': {
    zh: '应当写明{field}',
    en: '{field} is required',
  },
  'application.prerequisites-not-granted': {
    zh: '前置审批事项尚未办结（取得批准）：{missing}',
    en: 'Prerequisites not granted yet: {missing}',
  },
  'application.unknown-department': {
    zh: '部门“{department}”不存在',
    en: 'There is no department {department}',
  },
  'application.transfer-changes-nothing': {
    zh: '申请 {application} 已由{department}办理，办理部门和人员未变，无需转办',
    en: 'Application {application} is already with {department}, and the person does not change: there is nothing to transfer',
  },
  'application.level-not-higher': {
    zh: '申请 {application} 已提级至{level}，只能再向上提级',
    en: 'Application {application} is at level {level}; it can only be escalated to a higher level',
  },
  'application.in-dispute': {
    zh: '申请 {application} 存在职能争议（{dispute}），裁定前不能办理',
    en: 'Application {application} is held pending dispute {dispute}; nothing may be done on it before the ruling',
  },
  'application.decision-owed': {
    zh: '申请 {application} 有法定时限，应当作出准予或者不予许可的决定，不能直接办结',
    en: 'Application {application} has a statutory time limit, so a decision is required; it cannot simply be closed',
  },
  ...WAYS_MESSAGES,
  ...DEFICIENCY_MESSAGES,
  ...COMMITMENT_MESSAGES,
  ...IMMEDIATE_MESSAGES,
  ...CONSULTATION_MESSAGES,
  ...PERMIT_MESSAGES,
  ...RECORD_MESSAGES,
  ...RATING_MESSAGES,
  ...ISSUE_MESSAGES,
} as const;

export type ApprovalViolation = keyof typeof APPROVAL_MESSAGES;
