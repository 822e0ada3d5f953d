import { type CommandMeta } from '#libs/engine/event-sourcing';
import { CLOCK_ACTS } from '../clock/clock.rules.js';
import { type ApplicationCommand, type Opening } from './application.commands.js';
import {
  ESCALATION_LEVELS,
  type EscalationLevel,
  type Holder,
  type Prerequisite,
  type Terms,
} from './application.events.js';
import { LICENSING_LAW, refuse } from '../core/refuse.js';
import { type ApplicationState, type Existing, type Facts, type Stage } from './application.state.js';
import { COMMITMENT_ACTS } from '../ways/commitment.stages.js';
import { mustBeConsulted } from '../consultation/consultation.rules.js';
import { CONSULTATION_ACTS } from '../consultation/consultation.stages.js';
import { DEFICIENCY_ACTS } from '../ways/deficiency.stages.js';
import { ISSUE_ACTS } from '../handling/issue.stages.js';
import { PERMIT_ACTS } from '../permit/permit.stages.js';
import { RECORD_ACTS } from '../record/record.stages.js';
import { mustBeGrantor } from '../ways/ways.rules.js';
import { WAY_ACTS } from '../ways/ways.stages.js';

/** How officials call each stage. */
export const STAGE_ZH: Record<Stage, string> = {
  absent: '未提交',
  submitted: '已提交',
  'supplement-requested': '待补正',
  accepted: '审查中',
  returned: '已退件',
  decided: '已决定',
  delivered: '已送达',
  closed: '已办结',
  'not-accepted': '不予受理',
  withdrawn: '已撤件',
  revoked: '已撤销',
  recalled: '已撤回',
  cancelled: '已注销',
};

type ActType = ApplicationCommand['type'];

/** Where an act is allowed, what it is called, the article that puts it there, and who may act. */
export type ActRule = {
  readonly zh: string;
  readonly stages: readonly Stage[];
  readonly article: string | null;
  /** Left out: the department, on its own applications. */
  readonly by?:
    'applicant' | 'hand-in' | 'anyone-concerned' | 'grantor' | 'consulted' | 'organ-or-superior' | 'clock';
};

const ACTS: Record<ActType, ActRule> = {
  ...CLOCK_ACTS,
  SubmitApplication: {
    zh: '提交申请',
    stages: ['absent', 'supplement-requested', 'returned'],
    article: 'Art. 29',
    by: 'hand-in',
  },
  RequestSupplement: { zh: '一次告知补正', stages: ['submitted'], article: 'Art. 32(4)' },
  SubmitSupplement: {
    zh: '补正',
    stages: ['supplement-requested', 'returned'],
    article: 'Art. 32(4)',
    by: 'hand-in',
  },
  AcceptApplication: { zh: '受理', stages: ['submitted'], article: 'Art. 32(5)' },
  RefuseAcceptance: { zh: '不予受理', stages: ['submitted'], article: 'Art. 32' },
  AssignReviewer: { zh: '派件', stages: ['accepted'], article: 'Art. 34' },
  RecordStep: {
    zh: '记录环节',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
  },
  SendBackApplication: { zh: '内部退回', stages: ['accepted'], article: null },
  ReturnApplication: { zh: '退件', stages: ['accepted'], article: null },
  ApproveApplication: { zh: '准予许可', stages: ['accepted'], article: 'Art. 38' },
  RefuseApplication: { zh: '不予许可', stages: ['accepted'], article: 'Art. 38' },
  WithdrawApplication: {
    zh: '撤件',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
    by: 'applicant',
  },
  TransferApplication: { zh: '转办', stages: ['submitted', 'accepted'], article: null },
  EscalateApplication: {
    zh: '提级',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned', 'decided'],
    article: null,
    by: 'anyone-concerned',
  },
  DeliverDecision: { zh: '送达', stages: ['decided'], article: 'Art. 44' },
  CloseApplication: {
    zh: '办结',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
  },
  ...WAY_ACTS,
  ...DEFICIENCY_ACTS,
  ...COMMITMENT_ACTS,
  ...CONSULTATION_ACTS,
  ...PERMIT_ACTS,
  ...RECORD_ACTS,
  ...ISSUE_ACTS,
  RateService: { zh: '评价', stages: RECORD_ACTS.CorrectRecord.stages, article: null, by: 'applicant' },
  CompleteImmediately: { zh: '即办', stages: ['submitted'], article: 'Art. 34' },
};

/** Every act there is, by the name of its command. */
export const ACT_TYPES = Object.keys(ACTS) as readonly ActType[];

const OVER: readonly Stage[] = [
  'decided',
  'delivered',
  'closed',
  'not-accepted',
  'withdrawn',
  'revoked',
  'recalled',
  'cancelled',
];

/** True once the case has its end: a decision, a closure, a refusal to accept or a withdrawal. */
export const isOver = (state: ApplicationState): boolean => OVER.includes(state.at);

/** An application that was never submitted can only be submitted (行政许可法 Art. 29). */
export function mustBeSubmitted(
  state: ApplicationState,
  command: ApplicationCommand,
): asserts state is Existing {
  if (state.at === 'absent') refuse('application.not-submitted', { application: command.id }, 'absent');
}

/** Each act has its stages in the order the law gives them (行政许可法 chapter 4). */
export function mustBeAtItsStage(state: ApplicationState, command: ApplicationCommand): void {
  const act = ACTS[command.type];
  if (act.stages.includes(state.at)) return;
  // What an imported log records after the end (archiving, sending) did happen: it is kept as afterEnd.
  if (command.type === 'RecordStep' && (command.source ?? null) !== null && isOver(state)) return;
  const params = {
    application: command.id,
    stage: state.at,
    stageZh: STAGE_ZH[state.at],
    act: command.type,
    actZh: act.zh,
  };
  const article = act.article === null ? null : `${LICENSING_LAW} ${act.article}`;
  if (isOver(state)) refuse('application.ended', params, 'state', article);
  if (command.type === 'SubmitApplication') refuse('application.already-submitted', params, 'state', article);
  refuse('application.wrong-stage', params, 'state', article);
}

/** A department acts on its own applications only; a joint matter (联办, Art. 26) is everybody's. */
export function departmentMustBeCompetent(
  { application, department }: Pick<Facts, 'application' | 'department'>,
  meta: CommandMeta,
): void {
  const own = meta.actor.department;
  if (!isApplicantSide(meta) && (department === null || own === department)) return;
  refuse(
    'application.other-department',
    { application, department: department ?? '—', actorDepartment: own ?? '—' },
    'permission',
    `${LICENSING_LAW} Art. 22`,
  );
}

/** The applicant acts, or an agent for them (行政许可法 Art. 29). */
export function mustBeTheApplicant(
  { application, applicant }: Pick<Facts, 'application' | 'applicant'>,
  { actor, onBehalfOf }: CommandMeta,
): void {
  if (actor.role === 'applicant' && actor.person === applicant) return;
  if (actor.role === 'agent' && onBehalfOf?.person === applicant) return;
  refuse(
    'application.not-the-applicant',
    { application, person: actor.person },
    'permission',
    `${LICENSING_LAW} Art. 29`,
  );
}

/** True for those who stand on the applicant's side of the window. */
export const isApplicantSide = ({ actor }: CommandMeta): boolean =>
  actor.role === 'applicant' || actor.role === 'agent';

/** What the applicant hands in comes from the applicant, an agent, or the window of the department for them. */
export function mayHandIn(
  facts: Pick<Facts, 'application' | 'applicant' | 'department'>,
  meta: CommandMeta,
): void {
  if (isApplicantSide(meta)) mustBeTheApplicant(facts, meta);
  else departmentMustBeCompetent(facts, meta);
}

/** Anyone concerned may call on a higher level; those who watch over all departments are not bound to one. */
function mayEscalate(facts: Facts, meta: CommandMeta): void {
  if (['supervisor', 'campaign-office', 'leader'].includes(meta.actor.role)) return;
  mayHandIn(facts, meta);
}

/** Timers are the system's own: no account has its role. */
function onlyTheClockFires({ application }: Facts, { actor }: CommandMeta): void {
  if (actor.role === 'system') return;
  refuse('application.not-the-clock', { application, person: actor.person }, 'permission');
}

/** Who may do what: the applicant their own acts, a department those on its own applications. */
export function actorMustBeCompetent(facts: Facts, { type, meta }: ApplicationCommand): void {
  const { by } = ACTS[type];
  if (by === 'hand-in') mayHandIn(facts, meta);
  else if (by === 'applicant') mustBeTheApplicant(facts, meta);
  else if (by === 'anyone-concerned') mayEscalate(facts, meta);
  else if (by === 'clock') onlyTheClockFires(facts, meta);
  else if (by === 'grantor') mustBeGrantor(facts.application, meta);
  else if (by === 'consulted') mustBeConsulted(facts, meta);
  else if (by === 'organ-or-superior' && meta.actor.role === 'leader') return;
  else departmentMustBeCompetent(facts, meta);
}

/** From 1900 to 2199: whatever is computed from it stays a date too. */
const INSTANT = /^(?:19|20|21)\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Times are ISO 8601 in UTC with milliseconds, so that text order is time order. */
export function mustBeAnInstant(field: string, value: string): void {
  const time = INSTANT.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString() !== value) {
    refuse('application.not-an-instant', { field, value }, 'input');
  }
}

/**
 * A claimed time (import, 补录) may not lie before the previous event. Live work carries the server's own time, where
 * two requests that race may swap by a millisecond: the log's order then stands, and the stretch between is empty.
 */
export function timeMustNotRunBackwards(state: Existing, { occurredAt, now }: CommandMeta): void {
  if (occurredAt >= state.lastOccurredAt || occurredAt === now) return;
  refuse('application.time-runs-backwards', { occurredAt, previous: state.lastOccurredAt }, 'input');
}

/** A refusal names its ground and tells what can be done about it (行政许可法 Art. 38): what the law has, where nothing is said. */
export function reasonsAreOwed(given: { article: string; reason: string; remedies?: string | null }): void {
  for (const field of ['article', 'reason', 'remedies'] as const) {
    if (given[field]?.trim() === '') {
      refuse('application.reasons-owed', { field }, 'input', `${LICENSING_LAW} Art. 38`);
    }
  }
}

/** What the law puts first must be granted first: no fast track skips it (特事特办不得逾越法定前置, Art. 69(3)). */
export function prerequisitesMustBeGranted(application: string, missing: readonly Prerequisite[]): void {
  if (missing.length === 0) return;
  const names = missing.map((prerequisite) => `${prerequisite.matter} (${prerequisite.application})`);
  refuse(
    'application.prerequisites-not-granted',
    { application, missing: names.join(', ') },
    'state',
    `${LICENSING_LAW} Art. 69(3)`,
  );
}

/** A transfer goes to a department that exists (行政许可法 Art. 32(2): 告知申请人向有关行政机关申请). */
export function receivingDepartmentMustExist(department: string, known: boolean): void {
  if (!known)
    refuse('application.unknown-department', { department }, 'input', `${LICENSING_LAW} Art. 32(2)`);
}

/** A transfer that moves nothing would only hide who holds the case. */
export function transferMustChangeSomething(state: Facts, to: Holder): void {
  const { holder } = state;
  const from = state.department ?? holder?.department ?? null;
  if (to.department !== from) return;
  const named = to.post !== null || to.person !== null;
  const same = holder?.party === 'department' && to.post === holder.post && to.person === holder.person;
  if (named && !same) return;
  refuse(
    'application.transfer-changes-nothing',
    { application: state.application, department: to.department },
    'input',
  );
}

/** The ladder is climbed, never descended; without a level named it is the next one. */
export function levelMustBeHigher(state: Facts, asked: EscalationLevel | undefined): EscalationLevel {
  const current = state.level === null ? -1 : ESCALATION_LEVELS.indexOf(state.level);
  const level = asked ?? ESCALATION_LEVELS[current + 1];
  if (level !== undefined && ESCALATION_LEVELS.indexOf(level) > current) return level;
  return refuse(
    'application.level-not-higher',
    { application: state.application, level: state.level ?? '—' },
    'state',
  );
}

/** A statutory limit means that a decision is owed (行政许可法 Art. 42); without one a case may just be closed. */
export function noDecisionMayBeOwed({ application, terms }: Facts): void {
  if (terms.statutory !== null) {
    refuse('application.decision-owed', { application }, 'state', `${LICENSING_LAW} Art. 42`);
  }
}

/** The reviewer belongs to a department, also in a joint matter, where the one who assigns names it by acting for it. */
export function assigningDepartment(state: Facts, { actor }: CommandMeta): string {
  const department = state.department ?? actor.department;
  return department ?? refuse('application.department-missing', { application: state.application }, 'input');
}

/** Limits are whole days, at most ten years of them: the catalogue publishes no others, and the clock counts no others. */
function termsMustBeCountable(application: string, { statutory, promised }: Terms): void {
  for (const limit of [statutory, promised]) {
    if (limit === null || (Number.isInteger(limit.days) && limit.days >= 0 && limit.days <= 3650)) continue;
    refuse('application.terms-not-countable', { application, days: limit.days }, 'input');
  }
}

/** What the first submission must satisfy: right person, right window, limits that can be counted. */
export function openingMustFit(
  application: string,
  opening: Opening,
  promisedEnd: string | null,
  meta: CommandMeta,
): void {
  mayHandIn({ application, applicant: opening.applicant, department: opening.department }, meta);
  termsMustBeCountable(application, opening.terms);
  if (promisedEnd !== null) mustBeAnInstant('promisedEnd', promisedEnd);
}
