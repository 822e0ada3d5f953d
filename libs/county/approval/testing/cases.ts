import {
  type Actor,
  type CommandMeta,
  type RuleViolation,
  type StoredEvent,
} from '#libs/engine/event-sourcing';
import {
  actor,
  applicant,
  head,
  leader,
  playCommands,
  reviewer,
  supervisor,
  waterClerk as stranger,
  windowClerk as window,
} from '#libs/engine/event-sourcing-testing';
import { calendarOf } from '#libs/law/calendar';
import { applicationDecider } from '../application/application.decider.js';
import { type ApplicationEvent } from '../application/application.events.js';
import { APPROVAL_MESSAGES, type ApprovalViolation } from '../application/application.messages.js';
import { type ApplicationState } from '../application/application.state.js';
import { type Timer } from '../application/timers.js';
import { type Holder } from '../core/holder.js';
import { type Stage } from '../core/stage.js';
import { type DueDates, type Terms } from '../core/terms.js';
import { type Opening } from '../intake/intake.commands.js';
import { type Bare, type BareApplicationCommand, informed } from './bare.js';
import { wayCommands } from './way-commands.js';

/** Weekends only: what a test computes by hand stays right whatever the year's notice says. */
export const calendar = calendarOf({ version: 'weekends' });

export const decider = applicationDecider({ calendar, policy: { backEntryWorkingDays: 5 } });

export const ID = 'p1-GC-02';

export { actor, applicant, head, leader, reviewer, supervisor, window, stranger };

/** The actor of timers. */
export const clock = actor('clock', 'system');

/** The instant of every command that names no other: 10:00 in China on Tuesday 24 November 2026. */
export const NOW = '2026-11-24T02:00:00.000Z';

/** What every event of the application names. */
export const CASE = { application: ID, project: 'p1' };

export const desk: Holder = {
  party: 'department',
  department: 'natural-resources',
  post: null,
  person: null,
};

export const byWindow: Holder = { ...desk, post: '窗口', person: 'demo-window' };

export const byReviewer: Holder = { ...desk, post: '审查岗', person: 'demo-reviewer' };

export const byHead: Holder = { ...desk, post: '局长', person: 'demo-head' };

export const byApplicant: Holder = {
  party: 'applicant',
  department: null,
  post: null,
  person: 'demo-applicant',
};

/** Twenty working days by law, five promised, both from acceptance. */
export const TERMS: Terms = {
  statutory: { days: 20, unit: 'working-day', start: 'acceptance' },
  promised: { days: 5, unit: 'working-day', start: 'acceptance' },
  basis: '城乡规划法 Art. 40',
  verified: true,
};

/** No licence decision is required. */
export const FILING_TERMS: Terms = { ...TERMS, statutory: null };

/** Of an application accepted at `NOW` on these terms: five and twenty working days from Tuesday 24 November. */
export const DUE: DueDates = {
  promised: '2026-12-01T16:00:00.000Z',
  statutory: '2026-12-22T16:00:00.000Z',
  yellow: '2026-11-30T16:00:00.000Z',
  provisional: false,
};

export const opening = (overrides: Partial<Opening> = {}): Opening => ({
  project: 'p1',
  projectName: '冷库',
  region: '210521',
  matter: 'GC-02',
  matterName: '建设工程规划许可证核发',
  matterVersion: 1,
  department: 'natural-resources',
  applicant: 'demo-applicant',
  terms: TERMS,
  prerequisites: [{ application: 'p1-LX-07', matter: 'LX-07' }],
  ...overrides,
});

/** Live work at an instant. */
export const at = (by: Actor, now: string): Partial<CommandMeta> => ({ actor: by, now, occurredAt: now });

/** Commands with what most tests need, on a matter without a step of review; whatever is given takes its place. */
export const commands = {
  submit: (given: Partial<Bare<'SubmitApplication'>> = {}) =>
    bare('SubmitApplication', {
      opening: opening(),
      promisedEnd: null,
      meta: { actor: applicant },
      ...given,
    }),
  requestSupplement: (given: Partial<Bare<'RequestSupplement'>> = {}) =>
    bare('RequestSupplement', {
      items: [{ material: '总平面图', reason: '缺少签章' }],
      knownMaterials: [],
      meta: { actor: window },
      ...given,
    }),
  supplement: (given: Partial<Bare<'SubmitSupplement'>> = {}) =>
    bare('SubmitSupplement', { materials: ['总平面图'], meta: { actor: applicant }, ...given }),
  handInFile: (given: Partial<Bare<'HandInFile'>> = {}) =>
    bare('HandInFile', {
      ...{ material: '总平面图', fileName: '图.pdf', mediaType: 'application/pdf', bytes: 9 },
      sha256: 'a'.repeat(64),
      meta: { actor: applicant },
      ...given,
    }),
  reuseFile: (given: Partial<Bare<'ReuseFile'>> = {}) =>
    bare('ReuseFile', {
      ...{ material: '总平面图', application: 'earlier', document: '1' },
      earlier: {
        applicant: applicant.person,
        file: { name: '图.pdf', mediaType: 'application/pdf', bytes: 9, sha256: 'b'.repeat(64) },
      },
      meta: { actor: applicant },
      ...given,
    }),
  accept: (given: Partial<Bare<'AcceptApplication'>> = {}) =>
    bare('AcceptApplication', { meta: { actor: window }, ...given }),
  refuseAcceptance: (given: Partial<Bare<'RefuseAcceptance'>> = {}) =>
    bare('RefuseAcceptance', {
      article: '行政许可法 Art. 32(1)',
      reason: '依法不需要取得行政许可',
      remedies: '六十日内申请行政复议',
      meta: { actor: window },
      ...given,
    }),
  assign: (given: Partial<Bare<'AssignReviewer'>> = {}) =>
    bare('AssignReviewer', { person: 'demo-reviewer', post: '审查岗', meta: { actor: head }, ...given }),
  step: (given: Partial<Bare<'RecordStep'>> = {}) =>
    bare('RecordStep', { step: '现场踏勘', source: null, meta: { actor: reviewer }, ...given }),
  sendBack: (given: Partial<Bare<'SendBackApplication'>> = {}) =>
    bare('SendBackApplication', { reason: '复核日照', meta: { actor: head }, ...given }),
  returnToApplicant: (given: Partial<Bare<'ReturnApplication'>> = {}) =>
    bare('ReturnApplication', {
      reason: '图纸不一致',
      article: '城乡规划法 Art. 40',
      meta: { actor: reviewer },
      ...given,
    }),
  approve: (given: Partial<Bare<'ApproveApplication'>> = {}) =>
    bare('ApproveApplication', {
      permit: '建字第1号',
      missing: [],
      granted: [],
      needsReview: false,
      meta: { actor: head },
      ...given,
    }),
  refuse: (given: Partial<Bare<'RefuseApplication'>> = {}) =>
    bare('RefuseApplication', {
      article: '城乡规划法 Art. 40',
      reason: '不符合控制性详细规划',
      remedies: '六十日内申请行政复议',
      needsReview: false,
      meta: { actor: head },
      ...given,
    }),
  withdraw: (given: Partial<Bare<'WithdrawApplication'>> = {}) =>
    bare('WithdrawApplication', { reason: '项目调整', meta: { actor: applicant }, ...given }),
  transfer: (given: Partial<Bare<'TransferApplication'>> = {}) =>
    bare('TransferApplication', {
      department: 'water',
      reason: '在河道管理范围内',
      departmentKnown: true,
      openedBy: null,
      meta: { actor: reviewer },
      ...given,
    }),
  escalate: (given: Partial<Bare<'EscalateApplication'>> = {}) =>
    bare('EscalateApplication', { reason: '久拖不决', meta: { actor: applicant }, ...given }),
  deliver: (given: Partial<Bare<'DeliverDecision'>> = {}) =>
    bare('DeliverDecision', { recipient: 'demo-applicant', meta: { actor: window }, ...given }),
  close: (given: Partial<Bare<'CloseApplication'>> = {}) =>
    bare('CloseApplication', {
      outcome: '备案',
      missing: [],
      meta: { actor: window },
      ...given,
    }),
  suspend: (given: Partial<Bare<'SuspendClock'>> = {}) =>
    bare('SuspendClock', {
      cause: 'expert-review',
      notice: '本自然资告〔2026〕7号',
      days: 15,
      meta: { actor: reviewer },
      ...given,
    }),
  resume: (given: Partial<Bare<'ResumeClock'>> = {}) =>
    bare('ResumeClock', { result: '专家评审通过', meta: { actor: reviewer }, ...given }),
  extend: (given: Partial<Bare<'ExtendTimeLimit'>> = {}) =>
    bare('ExtendTimeLimit', { days: 10, reason: '需要补充日照分析', meta: { actor: head }, ...given }),
  sendDown: (given: Partial<Bare<'SendDownApplication'>> = {}) =>
    bare('SendDownApplication', { reason: '部门可自行协调', meta: { actor: supervisor }, ...given }),
  fire: (timer: Timer, now: string) =>
    bare('FireTimer', { timer, meta: { actor: clock, now, occurredAt: timer.at } }),
  ...wayCommands(bare, { applicant, window, reviewer, head, leader, stranger }),
};

function bare<Type extends BareApplicationCommand['type']>(
  type: Type,
  fields: Bare<Type>,
): Extract<BareApplicationCommand, { type: Type }> {
  return informed({ type, id: ID, ...fields } as Extract<BareApplicationCommand, { type: Type }>);
}

export type Stored = StoredEvent & ApplicationEvent;

/** What happened when commands, all of them allowed, were played one after the other. */
export function played(...given: readonly BareApplicationCommand[]): {
  readonly events: readonly Stored[];
  readonly state: ApplicationState;
} {
  const { events, state, refusals } = playCommands(decider, given);
  if (refusals[0] !== undefined) throw refusals[0];
  return { events, state };
}

/** One way to each stage, on terms without a statutory limit, so that each stage can be reached. */
export const WAYS: Record<Stage, readonly BareApplicationCommand[]> = (() => {
  const submitted = [commands.submit({ opening: opening({ terms: FILING_TERMS }) })];
  const accepted = [...submitted, commands.accept(), commands.assign()];
  const decided = [...accepted, commands.approve()];
  return {
    absent: [],
    submitted,
    'supplement-requested': [...submitted, commands.requestSupplement()],
    accepted,
    returned: [...accepted, commands.returnToApplicant()],
    decided,
    delivered: [...decided, commands.deliver()],
    closed: [...accepted, commands.close()],
    'not-accepted': [...submitted, commands.refuseAcceptance()],
    withdrawn: [...submitted, commands.withdraw()],
    revoked: [...decided, commands.deliver(), commands.revoke()],
    recalled: [...decided, commands.deliver(), commands.recall()],
    cancelled: [...decided, commands.deliver(), commands.cancel()],
  };
})();

/** What leads to an application that stands still since Thursday 26 November. */
export const suspended = [
  commands.submit(),
  commands.accept(),
  commands.assign(),
  commands.suspend({ meta: at(reviewer, '2026-11-26T02:00:00.000Z') }),
];

export const submitted = () => played(commands.submit()).events;

export const accepted = () => played(commands.submit(), commands.accept()).events;

export const underReview = () => played(commands.submit(), commands.accept(), commands.assign()).events;

/** Parameters that the message of a violation asks for and the violation does not bring. */
export function unfilled({ code, params }: RuleViolation): readonly string[] {
  const { zh, en } = APPROVAL_MESSAGES[code as ApprovalViolation];
  return [...`${zh} ${en}`.matchAll(/\{(\w+)\}/g)]
    .map(([, name]) => `${name}`)
    .filter((name) => params[name] === undefined);
}
