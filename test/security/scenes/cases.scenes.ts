import * as cases from '../cases.js';
import { type Scene, type Scenes } from '../scene.js';
import { LICENCE, MATERIALS, SERVICE, TODAY } from '../world.js';

const reason = '情况说明';

/** A command on an application in some state. */
const on = (thing: NonNullable<Scene['thing']>, body: object = {}): Scene => ({ thing, body: () => body });

const ruling = {
  article: '行政许可法 Art. 38',
  reason: '不符合规划条件',
  remedies: '可在六十日内向县人民政府申请行政复议，或者在六个月内向人民法院提起行政诉讼',
};

const BACK_ENTRY = {
  step: '现场查看',
  happenedAt: '2026-12-01T08:00:00+08:00',
  reason,
  scan: 'a'.repeat(64),
};

export const CASE_SCENES: Scenes = {
  'POST /applications/{id}/submission': on((world) => cases.unsubmitted(world), { materials: MATERIALS }),
  'POST /applications/{id}/supplement-request': on((world) => cases.submitted(world), {
    items: [{ material: MATERIALS[1], reason }],
  }),
  'POST /applications/{id}/supplement': on(cases.supplementAsked, { materials: [MATERIALS[1]] }),
  'POST /applications/{id}/documents': {
    ...on((world) => cases.submitted(world), { material: MATERIALS[0] }),
    isFile: true,
  },
  'POST /applications/{id}/reused-documents': {
    thing: (world) => cases.submitted(world),
    body: async (world) => ({
      material: MATERIALS[0],
      application: await cases.withFile(world),
      document: '1',
    }),
  },
  'POST /applications/{id}/acceptance': on((world) => cases.submitted(world)),
  'POST /applications/{id}/acceptance-refusal': on((world) => cases.submitted(world), {
    ...ruling,
    article: '行政许可法 Art. 32(1)',
  }),
  'POST /applications/{id}/deficient-acceptance': on(cases.handedInWithout, {
    missing: [MATERIALS[1]],
    days: 5,
  }),
  'POST /applications/{id}/deficiency-fulfilment': on(cases.deficient, { materials: [MATERIALS[1]] }),
  'POST /applications/{id}/deficiency-lapse': { ...on(cases.deficient), early: true },
  'POST /applications/{id}/commitment': on(cases.handedInWithout, {
    materials: [MATERIALS[1]],
    statement: '承诺符合条件',
  }),
  'POST /applications/{id}/commitment-check': on(cases.committedAndAccepted, { kept: true, finding: '属实' }),
  'POST /applications/{id}/immediate-completion': on((world) => cases.submitted(world, SERVICE, []), {
    outcome: '已办',
  }),
  'POST /applications/{id}/assignment': on((world) => cases.accepted(world), { person: 'nr-reviewer' }),
  'POST /applications/{id}/steps': on((world) => cases.accepted(world), { step: '现场查看' }),
  'POST /applications/{id}/send-back': on(cases.examined, { reason }),
  'POST /applications/{id}/return': on((world) => cases.accepted(world), { reason }),
  'POST /applications/{id}/approval': on(cases.examined, { opinion: '符合规划' }),
  'POST /applications/{id}/refusal': on(cases.examined, ruling),
  'POST /applications/{id}/withdrawal': on((world) => cases.submitted(world), { reason }),
  'POST /applications/{id}/transfer': on((world) => cases.accepted(world), {
    department: 'forestry',
    reason,
  }),
  'POST /applications/{id}/escalation': on((world) => cases.accepted(world), { reason }),
  'POST /applications/{id}/escalation-return': on(cases.escalated, { reason }),
  'POST /applications/{id}/delivery': on(cases.decided, { method: '当面' }),
  'POST /applications/{id}/closure': on((world) => cases.accepted(world, SERVICE), { outcome: '已办' }),
  'POST /applications/{id}/suspension': on(cases.examined, {
    cause: 'hearing',
    notice: '告知书一号',
    days: 5,
  }),
  'POST /applications/{id}/resumption': on(cases.suspended, {}),
  'POST /applications/{id}/extension': on(cases.examined, { days: 5, reason }),
  'POST /applications/{id}/special-handling': on((world) => cases.accepted(world), {
    rule: 'deficiency-term',
    reason,
  }),
  'POST /applications/{id}/fast-track': on((world) => cases.accepted(world), {
    ground: 'livelihood',
    reason,
    promisePercent: 50,
  }),
  'POST /applications/{id}/consultation': on((world) => cases.accepted(world), {
    departments: ['forestry'],
    question: '是否同意',
    days: 3,
  }),
  // The department that was asked answers: here the scene's department gives the opinion on another's application.
  'POST /applications/{id}/consultation-opinion': on(cases.askedOfOwn, { agrees: true, opinion: '同意' }),
  'POST /applications/{id}/consultation-closure': { ...on(cases.consulting), early: true },
  'POST /applications/{id}/permit-amendment': on(cases.delivered, { change: '名称变更', reason }),
  'POST /applications/{id}/permit-renewal': on(cases.ending, { validUntil: '2029-12-31', reason }),
  'POST /applications/{id}/permit-renewal-application': on(cases.ending, {
    validUntil: '2029-12-31',
    reason,
  }),
  'POST /applications/{id}/permit-renewal-refusal': on(cases.renewalApplied, {
    ...ruling,
    article: '行政许可法 Art. 50',
  }),
  'POST /applications/{id}/permit-use-postponement': on(cases.delivered, { months: 3, reason }),
  'POST /applications/{id}/permit-recall': on(cases.delivered, {
    ground: 'facts-changed',
    reason,
    compensation: '依法补偿',
  }),
  'POST /applications/{id}/permit-revocation': on(cases.delivered, {
    ground: 'abuse',
    reason,
    publicHarm: false,
    compensation: '依法赔偿',
    remedies: ruling.remedies,
  }),
  'POST /applications/{id}/permit-cancellation': on(cases.delivered, { ground: 'terminated', reason }),
  'POST /applications/{id}/works-stop': on(cases.worksBegun, { on: TODAY, reason }),
  'POST /applications/{id}/works-stop-finding': on(cases.worksBegun, { on: TODAY, finding: '现场无人施工' }),
  'POST /applications/{id}/works-resumption': on(cases.worksStopped, { on: TODAY }),
  'POST /applications/{id}/permit-verification': on(cases.worksStopped, {
    passed: true,
    finding: '符合条件',
  }),
  'POST /applications/{id}/permit-use': on(cases.delivered, { on: TODAY }),
  'POST /applications/{id}/issues': on((world) => cases.accepted(world), { problem: '道路红线未定' }),
  'POST /applications/{id}/issue-options': on(cases.withIssue, { issue: 1, proposal: '先行办理' }),
  'POST /applications/{id}/issue-decisions': on(cases.withOption, { issue: 1, option: 1, reason }),
  'POST /applications/{id}/corrections': on(cases.noted, {
    revision: 1,
    field: 'note',
    value: '材料齐全',
    reason,
  }),
  'POST /applications/{id}/back-entries': {
    ...on((world) => cases.accepted(world)),
    early: true,
    body: () => BACK_ENTRY,
  },
  'POST /applications/{id}/rating': on((world) => cases.accepted(world), { revision: 1, stars: 5 }),
  'POST /projects/{id}/pre-review-request': on((world) => cases.project(world), {
    matter: LICENCE,
    question: '材料是否齐全',
  }),
  'POST /projects/{id}/pre-review': on((world) => cases.project(world), { matter: LICENCE, opinion: '齐全' }),
  'POST /projects/{id}/questionnaire': on((world) => cases.project(world), {
    answers: [{ question: 'highway', answer: 'yes' }],
  }),
  'POST /projects/{id}/matter-addition': on((world) => cases.project(world), { matter: 'SG-17', reason }),
  'POST /projects/{id}/matter-strike': on(cases.withAddedMatter, { matter: 'SG-17', reason }),
  'POST /projects/{id}/questionnaire-confirmation': on(cases.answered, { add: ['SG-17'], strike: [] }),
  'POST /projects/{id}/stage-submission': on((world) => cases.project(world), {
    stage: '立项',
    materials: MATERIALS,
  }),
};
