import { EXCLUDED_PROCEDURES, type ExcludedProcedure } from '#libs/law/terms';
import { type CommandMeta, type DomainCommand } from '#libs/engine/event-sourcing';

import { cited } from '#libs/law/citations';
import { SUSPENSION_ARTICLE } from '../clock/clock.rules.js';
import { CLOCK_ACTS } from '../clock/clock.table.js';
import { isConsulted, mustBeConsulted } from '../consultation/consultation.rules.js';
import { CONSULTATION_ACTS } from '../consultation/consultation.table.js';
import { type ActRow } from '../core/act-row.js';
import { isSuspended, openSuspension } from '../core/clock-facts.js';
import {
  departmentMustBeCompetent,
  isCompetent,
  isReceiver,
  mayHandIn,
  mustBeTheApplicant,
} from '../core/competence.rules.js';
import { type SubmittedApplication, isOver } from '../core/facts.js';
import { isApplicantSide } from '../core/holder.js';
import { refusing } from '../core/refuse.js';
import { type Stage, STAGE_ZH } from '../core/stage.js';
import { mustNotBeAFiling } from '../decision/decision.rules.js';
import { DECISION_ACTS } from '../decision/decision.table.js';
import { ESCALATION_ACTS } from '../escalation/escalation.table.js';
import { HANDLING_ACTS } from '../handling/handling.table.js';
import { ISSUE_ACTS } from '../handling/issue.table.js';
import { FILE_ACTS } from '../intake/file.table.js';
import { INTAKE_ACTS } from '../intake/intake.table.js';
import { mustNotBeDisputed } from '../jurisdiction/disputes.acts.js';
import { PERMIT_ACTS } from '../permit/permit.table.js';
import { RECORD_ACTS } from '../record/record.table.js';
import { mustBeGrantor } from '../ways/ways.rules.js';
import { WAYS_ACTS } from '../ways/ways.table.js';
import { type ApplicationCommand } from './application.commands.js';
import { type Application } from './application.state.js';
import { APPLICATION_MESSAGES } from './application.messages.js';

const refuse = refusing(APPLICATION_MESSAGES);

/** Every act there is, by the name of its command. */
export const ACTS = {
  ...INTAKE_ACTS,
  ...FILE_ACTS,
  ...HANDLING_ACTS,
  ...ISSUE_ACTS,
  ...DECISION_ACTS,
  ...CLOCK_ACTS,
  ...ESCALATION_ACTS,
  ...CONSULTATION_ACTS,
  ...PERMIT_ACTS,
  ...RECORD_ACTS,
  ...WAYS_ACTS,
} as const satisfies { readonly [Type in ApplicationCommand['type']]: ActRow };

type ActType = keyof typeof ACTS;

const rowOf = (type: ActType): ActRow => ACTS[type];

/** Each act has its stages in the order the law gives them (行政许可法 chapter 4). */
export function mustBeAtItsStage(state: { readonly at: Stage }, command: ApplicationCommand): void {
  const act = rowOf(command.type);
  if (act.stages.includes(state.at)) return;
  // What an imported log records after the end (archiving, sending) did happen: it is kept as afterEnd.
  if (command.type === 'RecordStep' && (command.source ?? null) !== null && isOver(state)) return;
  const params = {
    application: command.id,
    stage: state.at,
    stageZh: STAGE_ZH[state.at],
    act: command.type,
    actZh: act.zh,
    actEn: act.en,
  };
  const article = act.article === null ? null : cited(act.article);
  if (isOver(state)) refuse('application.ended', params, 'state', article);
  if (command.type === 'SubmitApplication') refuse('application.already-submitted', params, 'state', article);
  refuse('application.wrong-stage', params, 'state', article);
}

/** What the kind of a matter does not know is refused for that, at whatever stage. */
export function kindMustKnowTheAct(state: SubmittedApplication, { type, meta }: ApplicationCommand): void {
  if (type === 'ApproveApplication' || type === 'RefuseApplication') mustNotBeAFiling(state, meta);
}

/** While a hearing or a test runs nothing is decided and nothing moves: first the clock runs again (Art. 45). */
export function clockMustRun(
  { application, clock }: SubmittedApplication,
  { type }: ApplicationCommand,
): void {
  if (!isSuspended(clock) || rowOf(type).whileSuspended) return;
  const { cause = '', article = SUSPENSION_ARTICLE } = openSuspension(clock) ?? {};
  const causeZh = EXCLUDED_PROCEDURES[cause as ExcludedProcedure];
  refuse('application.suspended', { application, cause, causeZh }, 'state', article);
}

/** During a dispute over competence only those acts are allowed whose row says so. */
export function mustNotBeInDispute(state: SubmittedApplication, { type }: ApplicationCommand): void {
  if (!rowOf(type).whileDisputed) mustNotBeDisputed(state, null);
}

/** Who may do what: the applicant their own acts, a department those on its own applications. */
export function actorMustBeCompetent(state: Application, { type, meta }: ApplicationCommand): void {
  competenceRule(type, meta)?.(state, meta);
}

type CompetenceRule = (state: Application, meta: CommandMeta) => unknown;

/** The rule that says whether this actor may; null where everybody may whom the route lets in. */
function competenceRule(type: ActType, meta: CommandMeta): CompetenceRule | null {
  const ofTheirSide = isApplicantSide(meta) ? mustBeTheApplicant : departmentMustBeCompetent;
  switch (rowOf(type).by) {
    case 'department':
      return departmentMustBeCompetent;
    case 'applicant':
      return mustBeTheApplicant;
    case 'hand-in':
      return mayHandIn;
    case 'anyone-concerned':
      // Those who watch over all departments are not bound to one.
      return ['supervisor', 'campaign-office', 'leader'].includes(meta.actor.role) ? null : ofTheirSide;
    case 'grantor':
      return mustBeGrantor;
    case 'consulted':
      return mustBeConsulted;
    case 'organ-or-superior':
      return meta.actor.role === 'leader' ? null : departmentMustBeCompetent;
  }
}

/** True where the actor is of another department than those that may do this: a reform may have changed whose it is. */
export function isOfAnotherDepartment(state: Application, { type, meta }: DomainCommand): boolean {
  if (!isAct(type) || meta.actor.department === null) return false;
  const rule = competenceRule(type, meta);
  if (rule === mustBeConsulted) return !isConsulted(state, meta);
  if (rule === mayHandIn)
    return !isApplicantSide(meta) && !isReceiver(state, meta) && !isCompetent(state, meta);
  return rule === departmentMustBeCompetent && !isCompetent(state, meta);
}

const isAct = (type: string): type is ActType => Object.hasOwn(ACTS, type);
