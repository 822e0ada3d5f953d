import { cited, licensing } from '#libs/law/citations';
import { defined, impossible } from '#libs/engine/event-sourcing';
import { nextRoundOf } from '#libs/county/project';
import { type Day, deliveryDueAt, plannedEnd, type WorkingCalendar } from '#libs/law/calendar';
import { openConsultation } from '../consultation/consultation.state.js';
import { openSuspension } from '../core/clock-facts.js';
import { type Holder } from '../core/holder.js';
import { isFiling, isLicence, noticeRule } from '../core/kind.js';
import { isOpenToNextRound } from '../permit/rounds.rules.js';
import { openDeficiency } from '../ways/deficiency.state.js';
import { type ApplicationDocument } from './application.document.js';
import { noticeDueAt } from './shown-days.js';

/** What an application waits for, in the words that its applicant reads. */
const WORDS = {
  submit: { zh: '请提交申请', en: 'Submit the application' },
  'accept-or-notify': {
    zh: '窗口正在审查申请材料，将决定受理，或者一次告知需要补正的全部内容；您暂时无须办理',
    en: 'The window is checking your material and will accept it or tell you everything to correct at once; you do not have to do anything for now',
  },
  'file-or-notify': {
    zh: '正在核对备案信息，齐全即为备案，不齐全的一次告知补正，不属于备案范围的书面告知；您暂时无须办理',
    en: 'Your information is being checked: complete, it is filed; if not, you will be told everything to complete at once, or that it is outside the scope of filing; you do not have to do anything for now',
  },
  supplement: {
    zh: '请按照《一次性告知书》（补正通知书）补正材料',
    en: 'Hand in what the one-time notice asks for',
  },
  resubmit: {
    zh: '请按照退回理由修改后重新提交',
    en: 'Correct the application as the return asks and submit it again',
  },
  'hand-in-missing': {
    zh: '请补齐容缺受理时所缺的材料；部门同时在审查',
    en: 'Hand in what was missing at acceptance; the department is reviewing in the meantime',
  },
  'answer-consultation': {
    zh: '等待被征求意见的部门答复；您暂时无须办理',
    en: 'Waiting for the opinions of other departments; you do not have to do anything for now',
  },
  'rule-on-dispute': {
    zh: '部门之间对由谁办理有争议，等待裁定；您无须办理',
    en: 'Departments disagree about who handles the case; waiting for a ruling; you do not have to do anything',
  },
  'finish-procedure': {
    zh: '听证、检验、检测或者专家评审等特别程序正在进行，所需时间不计入办理期限',
    en: 'A hearing, a test or an expert review is under way; its time does not count towards the time limit',
  },
  decide: {
    zh: '部门正在审查，将作出决定；您暂时无须办理',
    en: 'The department is reviewing and will decide; you do not have to do anything for now',
  },
  'apply-again': {
    zh: '本次申请已经结束；仍需办理的，请重新提交申请',
    en: 'This application has ended; if you still need the matter, submit a new application',
  },
  deliver: {
    zh: '已作出决定，将依法送达；您也可到窗口领取',
    en: 'The decision has been made and will be delivered; you can also collect it at the window',
  },
} as const;

/** What is to be done next. */
export type NextAct = keyof typeof WORDS;

/** What the applicant has to do next, or whom the applicant waits for (下一步). */
export type NextStep = {
  /** Whose act it is. */
  readonly actor: Holder['party'];
  /** Ids of the departments that act; empty where none is named, as in a joint matter. */
  readonly departments: readonly string[];
  readonly act: NextAct;
  /** To the applicant. */
  readonly what: { readonly zh: string; readonly en: string };
  /** ISO instant by which it has to be done; null if none is set. */
  readonly by: string | null;
  /** Law and article that it rests on. */
  readonly article: string | null;
  /** The application to hand in; left out where it is this one. */
  readonly application?: string;
};

function step(
  act: NextAct,
  {
    actor,
    departments = [],
    by = null,
    article = null,
    application,
  }: Pick<NextStep, 'actor'> & Partial<NextStep>,
): NextStep {
  return { actor, departments, act, what: WORDS[act], by, article, ...defined({ application }) };
}

/** An application that its project has opened waits for the applicant (行政许可法 Art. 29). */
export const FIRST_STEP = step('submit', { actor: 'applicant', article: cited(licensing(29)) });

/**
 * Who acts next on an application, and what the applicant has to do. Null when no step is left: it was delivered, closed,
 * withdrawn or not accepted, or its permit is gone. See `newRound` for what may follow then.
 */
export function nextStep(application: ApplicationDocument, calendar: WorkingCalendar): NextStep | null {
  const departments = ownDepartments(application);
  switch (application.stage) {
    case 'submitted':
      if (isFiling(application.terms)) return disputed(application) ?? filing(application, departments);
      return disputed(application) ?? acceptOrNotify(application, calendar, departments);
    case 'supplement-requested':
      return step('supplement', {
        actor: 'applicant',
        article: noticeRule(application.terms)?.article ?? null,
      });
    case 'returned':
      return step('resubmit', { actor: 'applicant' });
    case 'accepted':
      return (
        disputed(application) ??
        owedByOthers(application, departments, calendar) ??
        (isFiling(application.terms) ? filing : decision)(application, departments)
      );
    case 'decided':
      return delivery(application, calendar, departments);
    case 'delivered':
    case 'closed':
    case 'not-accepted':
    case 'withdrawn':
    case 'revoked':
    case 'recalled':
    case 'cancelled':
      return null;
    default:
      return impossible(application.stage);
  }
}

/** The matter can be applied for again; null while the application runs, or what it granted is in force. */
export function newRound(application: ApplicationDocument, day: Day): NextStep | null {
  if (application.stage === 'decided' || !isOpenToNextRound(application, day)) return null;
  const article = cited(licensing(29));
  return step('apply-again', { actor: 'applicant', article, application: nextRoundOf(application.id) });
}

/** A licence is delivered within ten working days (行政许可法 Art. 44); for a refusal in writing (Art. 38) the law sets no term. */
function delivery(
  { endedAt, outcome, terms }: ApplicationDocument,
  calendar: WorkingCalendar,
  departments: readonly string[],
): NextStep {
  if (!isLicence(terms)) return step('deliver', { actor: 'department', departments });
  const owed =
    outcome === 'granted'
      ? { by: endedAt && deliveryDueAt(calendar, endedAt), article: cited(licensing(44)) }
      : { article: cited(licensing(38)) };
  return step('deliver', { actor: 'department', departments, ...owed });
}

function ownDepartments({ holder, department }: ApplicationDocument): readonly string[] {
  const own = holder?.department ?? department;
  return own === null ? [] : [own];
}

const disputed = ({ dispute }: ApplicationDocument): NextStep | null =>
  dispute === undefined ? null : step('rule-on-dispute', { actor: 'inter-department' });

/** Only where a law says so is an application deemed accepted, and only then there is a deadline. */
function acceptOrNotify(
  document: ApplicationDocument,
  calendar: WorkingCalendar,
  departments: readonly string[],
): NextStep {
  const by = noticeDueAt(document, calendar);
  const article = by === null ? null : (noticeRule(document.terms)?.article ?? null);
  return step('accept-or-notify', { actor: 'department', departments, by, article });
}

/** What keeps the department from deciding: a procedure, missing material, opinions of others. */
function owedByOthers(
  application: ApplicationDocument,
  departments: readonly string[],
  calendar: WorkingCalendar,
): NextStep | null {
  const missing = openDeficiency(application);
  if (missing !== null) return step('hand-in-missing', { actor: 'applicant', by: missing.handInBy });
  const procedure = openSuspension(application);
  if (procedure !== null) {
    return step('finish-procedure', {
      actor: 'excluded-procedure',
      departments,
      by: plannedEnd(calendar, procedure),
      article: procedure.article,
    });
  }
  const consultation = openConsultation(application);
  if (consultation === null) return null;
  const { outstanding, answerBy: by, article } = consultation;
  return step('answer-consultation', { actor: 'inter-department', departments: outstanding, by, article });
}

/** 备案: what was received in full is filed. */
const filing = ({ due, terms }: ApplicationDocument, departments: readonly string[]): NextStep =>
  step('file-or-notify', {
    actor: 'department',
    departments,
    by: due.promised ?? due.statutory,
    article: terms.basis,
  });

function decision({ due, terms }: ApplicationDocument, departments: readonly string[]): NextStep {
  return step('decide', {
    actor: 'department',
    departments,
    by: due.promised ?? due.statutory,
    article: isLicence(terms) ? cited(licensing(42)) : terms.statutory && terms.basis,
  });
}
