import { type Actor } from '#libs/engine/event-sourcing';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type Bare, type BareApplicationCommand } from './bare.js';

type MakeBare = <Type extends ApplicationCommand['type']>(
  type: Type,
  fields: Bare<Type>,
) => Extract<BareApplicationCommand, { type: Type }>;

type Actors = Readonly<Record<'applicant' | 'window' | 'reviewer' | 'head' | 'leader' | 'stranger', Actor>>;

/** What the catalogue lists for the matter in these tests. */
export const LISTED = [
  { name: '设计方案', key: true, basis: '城乡规划法 Art. 40' },
  { name: '日照分析报告', key: false, basis: '城乡规划法 Art. 40' },
  { name: '绿化方案', key: false, basis: '城乡规划法 Art. 40' },
];

/** Of these, what may be late. */
const MAY_BE_LATE = LISTED.filter(({ key }) => !key);

/** Commands of the ways through, of opinions, and of what comes after the end, with what most tests need. */
export const wayCommands = (
  bare: MakeBare,
  { applicant, window, reviewer, head, leader, stranger }: Actors,
) => ({
  specialHandling: (given: Partial<Bare<'ApproveSpecialHandling'>> = {}) =>
    bare('ApproveSpecialHandling', {
      rule: 'separate-decision',
      reason: '防汛抢险，人手不足',
      meta: { actor: leader },
      ...given,
    }),
  fastTrack: (given: Partial<Bare<'GrantFastTrack'>> = {}) =>
    bare('GrantFastTrack', {
      ground: 'key-project',
      reason: '省重点项目',
      isKeyProject: true,
      promisePercent: 50,
      meta: { actor: leader },
      ...given,
    }),
  acceptWithDeficiency: (given: Partial<Bare<'AcceptWithDeficiency'>> = {}) =>
    bare('AcceptWithDeficiency', {
      missing: ['日照分析报告'],
      days: 10,
      listed: MAY_BE_LATE,
      meta: { actor: window },
      ...given,
    }),
  fulfilDeficiency: (given: Partial<Bare<'FulfilDeficiency'>> = {}) =>
    bare('FulfilDeficiency', { materials: ['日照分析报告'], meta: { actor: applicant }, ...given }),
  lapseDeficiency: (given: Partial<Bare<'LapseDeficiency'>> = {}) =>
    bare('LapseDeficiency', { meta: { actor: window }, ...given }),
  makeCommitment: (given: Partial<Bare<'MakeCommitment'>> = {}) =>
    bare('MakeCommitment', {
      materials: ['日照分析报告'],
      statement: '日照符合国家标准',
      listed: LISTED,
      meta: { actor: applicant },
      ...given,
    }),
  checkCommitment: (given: Partial<Bare<'CheckCommitment'>> = {}) =>
    bare('CheckCommitment', { kept: true, finding: '现场核查相符', meta: { actor: reviewer }, ...given }),
  consult: (given: Partial<Bare<'RequestConsultation'>> = {}) =>
    bare('RequestConsultation', {
      departments: ['water', 'forestry'],
      question: '是否在河道管理范围内',
      days: 3,
      unknown: [],
      meta: { actor: reviewer },
      ...given,
    }),
  answer: (given: Partial<Bare<'AnswerConsultation'>> = {}) =>
    bare('AnswerConsultation', { agrees: true, opinion: '无意见', meta: { actor: stranger }, ...given }),
  closeConsultation: (given: Partial<Bare<'CloseConsultation'>> = {}) =>
    bare('CloseConsultation', { meta: { actor: reviewer }, ...given }),
  amend: (given: Partial<Bare<'AmendPermit'>> = {}) =>
    bare('AmendPermit', {
      change: '建设单位变更为某某公司',
      reason: '企业更名',
      meta: { actor: head },
      ...given,
    }),
  renew: (given: Partial<Bare<'RenewPermit'>> = {}) =>
    bare('RenewPermit', {
      validUntil: '2028-11-24',
      reason: '工期延长',
      meta: { actor: head },
      ...given,
    }),
  applyForRenewal: (given: Partial<Bare<'ApplyForRenewal'>> = {}) =>
    bare('ApplyForRenewal', {
      validUntil: '2028-11-24',
      reason: '工期延长',
      meta: { actor: applicant },
      ...given,
    }),
  refuseRenewal: (given: Partial<Bare<'RefuseRenewal'>> = {}) =>
    bare('RefuseRenewal', {
      article: '行政许可法 Art. 50',
      reason: '不再符合条件',
      remedies: '六十日内申请行政复议',
      meta: { actor: head },
      ...given,
    }),
  postponeUse: (given: Partial<Bare<'PostponeUse'>> = {}) =>
    bare('PostponeUse', { months: 3, reason: '拆迁未完', meta: { actor: applicant }, ...given }),
  reportUse: (given: Partial<Bare<'ReportPermitUse'>> = {}) =>
    bare('ReportPermitUse', { on: '2026-11-24', missing: [], meta: { actor: applicant }, ...given }),
  reportStop: (given: Partial<Bare<'ReportWorksStopped'>> = {}) =>
    bare('ReportWorksStopped', {
      on: '2026-11-24',
      reason: '冬季停工',
      meta: { actor: applicant },
      ...given,
    }),
  stopFound: (given: Partial<Bare<'RecordStopFound'>> = {}) =>
    bare('RecordStopFound', { on: '2026-11-24', finding: '现场无人施工', meta: { actor: head }, ...given }),
  reportResumed: (given: Partial<Bare<'ReportWorksResumed'>> = {}) =>
    bare('ReportWorksResumed', { on: '2026-11-24', meta: { actor: applicant }, ...given }),
  verifyPermit: (given: Partial<Bare<'VerifyPermit'>> = {}) =>
    bare('VerifyPermit', { passed: true, finding: '仍符合施工许可条件', meta: { actor: head }, ...given }),
  recall: (given: Partial<Bare<'RecallPermit'>> = {}) =>
    bare('RecallPermit', {
      ground: 'facts-changed',
      reason: '规划道路改线',
      compensation: '按评估价补偿',
      meta: { actor: head },
      ...given,
    }),
  revoke: (given: Partial<Bare<'RevokePermit'>> = {}) =>
    bare('RevokePermit', {
      ground: 'procedure',
      reason: '未经公示',
      publicHarm: false,
      compensation: '无损失',
      remedies: '六十日内申请行政复议',
      meta: { actor: head },
      ...given,
    }),
  cancel: (given: Partial<Bare<'CancelPermit'>> = {}) =>
    bare('CancelPermit', {
      ground: 'terminated',
      reason: '企业注销',
      meta: { actor: head },
      ...given,
    }),
  correct: (given: Partial<Bare<'CorrectRecord'>> = {}) =>
    bare('CorrectRecord', {
      revision: 3,
      field: 'permit',
      value: '建字第2号',
      reason: '笔误',
      original: { type: 'ApplicationApproved', data: { permit: '建字第1号' } },
      meta: { actor: head },
      ...given,
    }),
  backEntry: (given: Partial<Bare<'RecordBackEntry'>> = {}) =>
    bare('RecordBackEntry', {
      step: '现场踏勘',
      happenedAt: '2026-11-20T10:00:00+08:00',
      reason: '系统停机',
      scan: 'a'.repeat(64),
      meta: { actor: reviewer, occurredAt: '2026-11-20T02:00:00.000Z' },
      ...given,
    }),
  rate: (given: Partial<Bare<'RateService'>> = {}) =>
    bare('RateService', {
      revision: 1,
      stars: 5,
      original: { type: 'ApplicationAccepted', actor: window },
      meta: { actor: applicant },
      ...given,
    }),
  raiseIssue: (given: Partial<Bare<'RaiseIssue'>> = {}) =>
    bare('RaiseIssue', { problem: '地块内有未迁杆线', meta: { actor: reviewer }, ...given }),
  proposeOption: (given: Partial<Bare<'ProposeIssueOption'>> = {}) =>
    bare('ProposeIssueOption', {
      issue: 1,
      proposal: '先迁杆线，再放线',
      meta: { actor: reviewer },
      ...given,
    }),
  decideIssue: (given: Partial<Bare<'DecideIssue'>> = {}) =>
    bare('DecideIssue', { issue: 1, option: 1, reason: '最快', meta: { actor: head }, ...given }),
  completeImmediately: (given: Partial<Bare<'CompleteImmediately'>> = {}) =>
    bare('CompleteImmediately', {
      outcome: '备案',
      listed: [],
      missing: [],
      meta: { actor: window },
      ...given,
    }),
});
