import { CLOCK_MESSAGES } from '../clock/clock.messages.js';
import { CONSULTATION_MESSAGES } from '../consultation/consultation.messages.js';
import { CORE_MESSAGES } from '../core/core.messages.js';
import { DECISION_MESSAGES } from '../decision/decision.messages.js';
import { ESCALATION_MESSAGES } from '../escalation/escalation.messages.js';
import { HANDLING_MESSAGES } from '../handling/handling.messages.js';
import { ISSUE_MESSAGES } from '../handling/issue.messages.js';
import { FILE_MESSAGES } from '../intake/file.messages.js';
import { INTAKE_MESSAGES } from '../intake/intake.messages.js';
import { DISPUTED_MESSAGES } from '../jurisdiction/disputes.messages.js';
import { PERMIT_MESSAGES } from '../permit/permit.messages.js';
import { WORKS_MESSAGES } from '../permit/works.messages.js';
import { RATING_MESSAGES } from '../record/rating.messages.js';
import { RECORD_MESSAGES } from '../record/record.messages.js';
import { COMMITMENT_MESSAGES } from '../ways/commitment.messages.js';
import { DEFICIENCY_MESSAGES } from '../ways/deficiency.messages.js';
import { WAYS_MESSAGES } from '../ways/ways.messages.js';

/** Refusal messages about an act that does not fit what has become of the application. */
export const APPLICATION_MESSAGES = {
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
    en: 'Application {application} is {stage}; "{actEn}" is not allowed at this stage',
  },
  'application.ended': {
    zh: '申请 {application} 已经结束（{stageZh}），不能{actZh}',
    en: 'Application {application} has ended ({stage}); "{actEn}" is no longer allowed',
  },
  'application.suspended': {
    zh: '申请 {application} 正在进行特别程序（{causeZh}），应当先结束特别程序',
    en: 'The clock of application {application} is suspended ({cause}); resume it first',
  },
} as const;

/** Refusal messages in both languages; `{name}` is replaced by the parameter of that name. */
export const APPROVAL_MESSAGES = {
  ...APPLICATION_MESSAGES,
  ...CLOCK_MESSAGES,
  ...CONSULTATION_MESSAGES,
  ...CORE_MESSAGES,
  ...DECISION_MESSAGES,
  ...ESCALATION_MESSAGES,
  ...HANDLING_MESSAGES,
  ...ISSUE_MESSAGES,
  ...INTAKE_MESSAGES,
  ...FILE_MESSAGES,
  ...DISPUTED_MESSAGES,
  ...PERMIT_MESSAGES,
  ...WORKS_MESSAGES,
  ...RATING_MESSAGES,
  ...RECORD_MESSAGES,
  ...COMMITMENT_MESSAGES,
  ...DEFICIENCY_MESSAGES,
  ...WAYS_MESSAGES,
} as const;

export type ApprovalViolation = keyof typeof APPROVAL_MESSAGES;
