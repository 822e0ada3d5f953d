import { type CommandMeta, type DomainCommand } from '#libs/engine/event-sourcing';
import { CLOCK_ACTS } from '../clock/clock.table.js';
import { isConsulted, mustBeConsulted } from '../consultation/consultation.rules.js';
import { CONSULTATION_ACTS } from '../consultation/consultation.table.js';
import { type ActRule } from '../core/act-rule.js';
import {
  departmentMustBeCompetent,
  isCompetent,
  mustBeTheApplicant,
  onlyTheClockFires,
} from '../core/competence.rules.js';
import { type Existing, type Facts, isOver } from '../core/facts.js';
import { isApplicantSide } from '../core/holder.js';
import { LICENSING_LAW, refuse } from '../core/refuse.js';
import { STAGE_ZH } from '../core/stage.js';
import { ISSUE_ACTS } from '../handling/issue.table.js';
import { PERMIT_ACTS } from '../permit/permit.table.js';
import { RECORD_ACTS } from '../record/record.table.js';
import { mustBeGrantor } from '../ways/ways.rules.js';
import { COMMITMENT_ACTS, DEFICIENCY_ACTS, WAY_ACTS } from '../ways/ways.table.js';
import { type ApplicationCommand } from './application.commands.js';
import { type ApplicationState } from './application.state.js';

type ActType = ApplicationCommand['type'];

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
  AssignReviewer: { zh: '分办', stages: ['accepted'], article: 'Art. 34' },
  RecordStep: {
    zh: '记录环节',
    stages: ['submitted', 'supplement-requested', 'accepted', 'returned'],
    article: null,
  },
  SendBackApplication: { zh: '内部退回', stages: ['accepted'], article: null },
  ReturnApplication: { zh: '退回申请人', stages: ['accepted'], article: null },
  ApproveApplication: { zh: '准予许可', stages: ['accepted'], article: 'Art. 38' },
  RefuseApplication: { zh: '不予许可', stages: ['accepted'], article: 'Art. 38' },
  WithdrawApplication: {
    zh: '撤回申请',
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

/** Who may do what: the applicant their own acts, a department those on its own applications. */
export function actorMustBeCompetent(facts: Facts, { type, meta }: ApplicationCommand): void {
  competenceRule(type, meta)?.(facts, meta);
}

/** The rule that says whether this actor may; null where everybody may whom the route lets in. */
function competenceRule(
  type: ActType,
  meta: CommandMeta,
): ((facts: Facts, meta: CommandMeta) => unknown) | null {
  const ofTheirSide = isApplicantSide(meta) ? mustBeTheApplicant : departmentMustBeCompetent;
  const { by = 'department' } = ACTS[type];
  switch (by) {
    case 'applicant':
      return mustBeTheApplicant;
    case 'hand-in':
      return ofTheirSide;
    case 'anyone-concerned':
      // Those who watch over all departments are not bound to one.
      return ['supervisor', 'campaign-office', 'leader'].includes(meta.actor.role) ? null : ofTheirSide;
    case 'clock':
      return onlyTheClockFires;
    case 'grantor':
      return mustBeGrantor;
    case 'consulted':
      return mustBeConsulted;
    case 'organ-or-superior':
      return meta.actor.role === 'leader' ? null : departmentMustBeCompetent;
    case 'department':
      return departmentMustBeCompetent;
  }
}

/** True where the actor is of another department than those that may do this: a reform may have changed whose it is. */
export function isOfAnotherDepartment(facts: Facts, { type, meta }: DomainCommand): boolean {
  if (!isAct(type) || meta.actor.department === null) return false;
  const rule = competenceRule(type, meta);
  if (rule === mustBeConsulted) return !isConsulted(facts, meta);
  return rule === departmentMustBeCompetent && !isCompetent(facts, meta);
}

const isAct = (type: string): type is ActType => Object.hasOwn(ACTS, type);
