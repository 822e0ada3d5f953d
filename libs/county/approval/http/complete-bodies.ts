import { type Actor, type StoredEvent } from '#libs/engine/event-sourcing';
import { addMonths, DAY_MS, dayOf, instantOf, isDay } from '#libs/law/calendar';
import { STATUTORY_SUSPENSIONS } from '#libs/law/catalogue';
import { cited, licensing } from '#libs/law/citations';
import { CASE_WORKERS } from '#libs/shell/roles';
import { type ApplicationCommand } from '../application/application.commands.js';
import { type Application } from '../application/application.state.js';
import { isFiling } from '../core/kind.js';
import { firstBasis } from '../core/terms.js';
import { VARIABLE_RULES } from '../core/varied-rules.js';
import { type ListedMaterial } from '../intake/material.rules.js';
import { CANCELLATION_GROUNDS, type CancellationGround } from '../permit/permit.events.js';
import { CORRECTABLE_FIELDS } from '../record/record.events.js';
import { isSignal } from '../signals/signals.events.js';

/** What a body that is complete for an act is made of. */
export type Asked = {
  readonly state: Application;
  readonly actor: Actor;
  /** ISO instant. */
  readonly now: string;
  /** What the catalogue lists for the matter. */
  readonly listed: () => Promise<readonly ListedMaterial[]>;
  /** A department that stands and is not that of the application. */
  readonly otherDepartment: () => Promise<string>;
  /** The application's stream. */
  readonly events: () => Promise<readonly StoredEvent[]>;
};

type Body<Type extends ApplicationCommand['type']> = Partial<
  Omit<Extract<ApplicationCommand, { readonly type: Type }>, 'type' | 'id' | 'meta'>
>;
type Bodies<Type extends ApplicationCommand['type']> = readonly Body<Type>[];

const REASON = '按照规定办理';
const A_FORTNIGHT = 14 * DAY_MS;

const today = ({ now }: Asked): string => dayOf(now);

/** A year after the permit's end, or after today where it has none. */
const aYearLater = ({ state: { validUntil }, now }: Asked): string =>
  addMonths(validUntil !== undefined && isDay(validUntil) ? validUntil : dayOf(now), 12);

/** Materials that may be missing or promised, of those that were not handed in; else whatever is listed. */
async function missable({ state, listed }: Asked): Promise<readonly string[]> {
  const known = await listed();
  const found = known.find(({ name, key }) => !key && !state.materials.includes(name)) ?? known[0];
  return [found?.name ?? '材料'];
}

/** The first issue that waits for a decision, those with a proposal first. */
function openIssue({ state: { issues = [] } }: Asked): number {
  const waiting = (isProposed: boolean) =>
    issues.findIndex(({ decided, options }) => !decided && (!isProposed || options > 0));
  return Math.max(waiting(true) + 1, 0) || Math.max(waiting(false) + 1, 1);
}

/** The grounds that the state speaks for come first. */
function cancellationGrounds({ state }: Asked): readonly CancellationGround[] {
  const isWithdrawn = state.at === 'revoked' || state.at === 'recalled';
  const first: CancellationGround = isWithdrawn ? 'withdrawn' : 'other';
  const others = Object.keys(CANCELLATION_GROUNDS) as CancellationGround[];
  return [first, ...others.filter((ground) => ground !== first)];
}

/** The first text of an event that may be corrected; if there is none, a body that names one all the same. */
async function correctable({ events }: Asked): Promise<Bodies<'CorrectRecord'>> {
  for (const { revision, data } of await events()) {
    const texts = data as Readonly<Record<string, unknown>>;
    for (const field of CORRECTABLE_FIELDS) {
      const text = texts[field];
      if (text === null || typeof text === 'string') {
        return [{ revision: Number(revision), field, value: `${text ?? ''}（更正）`, reason: REASON }];
      }
    }
  }
  return [{ revision: 0, field: 'note', value: REASON, reason: REASON }];
}

/** Acts of the departments' people, those that were not rated yet first. */
async function rateable({ state: { rated = [] }, events }: Asked): Promise<Bodies<'RateService'>> {
  const acts = (await events())
    .filter((event) => !isSignal(event) && CASE_WORKERS.some((role) => role === event.metadata.actor.role))
    .map(({ revision }) => Number(revision));
  const unrated = acts.filter((revision) => !rated.includes(revision));
  const revisions = unrated.length > 0 ? unrated : acts;
  return (revisions.length > 0 ? revisions : [0]).map((revision) => ({ revision, stars: 5 }));
}

/**
 * Bodies that are complete for each act, the likeliest first. They choose what the act is about, a material that may be missing, an
 * issue that is open; whether it is lawful is for the rules to say, which are asked with them.
 */
export const COMPLETE_BODIES: {
  readonly [Type in ApplicationCommand['type']]: (asked: Asked) => Bodies<Type> | Promise<Bodies<Type>>;
} = {
  SubmitApplication: () => [{}],
  RequestSupplement: async ({ listed }) => [
    { items: [{ material: (await listed())[0]?.name ?? '材料', reason: REASON }] },
  ],
  SubmitSupplement: () => [{}],
  HandInFile: async ({ listed }) => [
    {
      material: (await listed())[0]?.name ?? '材料',
      fileName: '材料.pdf',
      mediaType: 'application/pdf',
      bytes: 1,
      sha256: '0'.repeat(64),
    },
  ],
  ReuseFile: ({ state }) => [{ material: '其他材料', application: state.application, document: '1' }],
  AcceptApplication: () => [{}],
  RefuseAcceptance: ({ state }) =>
    isFiling(state.terms)
      ? [
          { ground: 'not-within-filing-scope', reason: REASON },
          { article: cited(licensing(32)), reason: REASON },
        ]
      : [{ ground: 'no-licence-needed', reason: REASON }],
  AssignReviewer: ({ actor }) => [{ person: actor.person }],
  RecordStep: () => [{ step: '审查' }],
  SendBackApplication: () => [{ reason: REASON }],
  ReturnApplication: () => [{ reason: REASON }],
  TransferApplication: async ({ otherDepartment }) => [
    { department: await otherDepartment(), reason: REASON },
  ],
  RaiseIssue: () => [{ problem: REASON }],
  ProposeIssueOption: (asked) => [{ issue: openIssue(asked), proposal: REASON }],
  DecideIssue: (asked) => [{ issue: openIssue(asked), option: 1, reason: REASON }],
  ApproveApplication: () => [{}],
  RefuseApplication: ({ state }) => [
    { article: firstBasis(state.terms) ?? cited(licensing(38)), reason: REASON },
    { article: cited(licensing(38)), reason: REASON },
  ],
  WithdrawApplication: () => [{}],
  DeliverDecision: () => [{}],
  CloseApplication: () => [{ outcome: '已办结' }],
  CompleteImmediately: () => [{ outcome: '已办结' }],
  SuspendClock: ({ state }) =>
    (state.terms.suspensions ?? STATUTORY_SUSPENSIONS).map(({ cause }) => ({
      cause,
      notice: '告知书',
      days: 1,
    })),
  ResumeClock: () => [{}],
  ExtendTimeLimit: () => [{ days: 1, reason: REASON }],
  EscalateApplication: () => [{ reason: REASON }],
  SendDownApplication: () => [{ reason: REASON }],
  RequestConsultation: async ({ otherDepartment }) => [
    { departments: [await otherDepartment()], question: REASON, days: 5 },
  ],
  AnswerConsultation: () => [{ agrees: true, opinion: REASON }],
  CloseConsultation: () => [{}],
  AmendPermit: () => [{ change: REASON, reason: REASON }],
  RenewPermit: (asked) => [{ validUntil: aYearLater(asked), reason: REASON }],
  ApplyForRenewal: (asked) => [{ validUntil: aYearLater(asked), reason: REASON }],
  RefuseRenewal: () => [{ article: cited(licensing(50)), reason: REASON }],
  RecallPermit: () => [{ ground: 'law-changed', reason: REASON, compensation: '无损失' }],
  RevokePermit: () => [{ ground: 'procedure', reason: REASON, publicHarm: false, compensation: '无损失' }],
  CancelPermit: (asked) => cancellationGrounds(asked).map((ground) => ({ ground, reason: REASON })),
  ReportPermitUse: (asked) => [{ on: today(asked) }],
  PostponeUse: ({ state }) => [{ months: state.terms.use?.postponementMonths ?? 1, reason: REASON }],
  ReportWorksStopped: (asked) => [{ on: asked.state.stop?.on ?? today(asked), reason: REASON }],
  RecordStopFound: (asked) => [{ on: today(asked), finding: REASON }],
  ReportWorksResumed: (asked) => [{ on: today(asked) }],
  VerifyPermit: () => [{ passed: true, finding: REASON }],
  CorrectRecord: correctable,
  RecordBackEntry: ({ now }) => [
    {
      step: '审查',
      happenedAt: instantOf(Date.parse(now) - A_FORTNIGHT),
      reason: REASON,
      scan: '0'.repeat(64),
    },
  ],
  RateService: rateable,
  ApproveSpecialHandling: ({ state: { varied = [] } }) => {
    const free = VARIABLE_RULES.filter((rule) => !varied.includes(rule));
    return (free.length > 0 ? free : VARIABLE_RULES).map((rule) => ({ rule, reason: REASON }));
  },
  GrantFastTrack: () => [{ ground: 'livelihood', reason: REASON, promisePercent: 100 }],
  AcceptWithDeficiency: async (asked) => [{ missing: [...(await missable(asked))], days: 5 }],
  FulfilDeficiency: ({ state }) => [
    { materials: [...(state.deficiency?.missing ?? []), '材料'].slice(0, 1) },
  ],
  LapseDeficiency: () => [{}],
  MakeCommitment: async (asked) => [{ materials: [...(await missable(asked))], statement: REASON }],
  CheckCommitment: () => [{ kept: true, finding: REASON }],
};
