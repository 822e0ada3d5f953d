import { businessEnvironment, cited, licensing } from '#libs/law/citations';
import {
  type ApplicationDocument,
  isLicence,
  materialsReceiptOf,
  noticeRule,
  submissionOf,
} from '#libs/county/approval';
import {
  dayOf,
  deliveryDueAt,
  oneTimeNotice,
  type WorkingCalendar,
  workingDaysBetween,
} from '#libs/law/calendar';
import { type NoticeRule } from '#libs/law/catalogue';
import { type TimelineEntry } from '../timeline/timeline-entry.js';

/** An event that shows a breach: its place in the log. */
type Evidence = {
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
};

/** Which breach of a term or a duty. */
type BreachCode =
  | 'notice-late'
  | 'notice-missing'
  | 'repeated-supplement'
  | 'return-without-article'
  | 'statutory-term-exceeded'
  | 'promised-term-exceeded'
  | 'delivery-late'
  | 'delivery-missing'
  | 'opinion-late'
  | 'opinion-missing';

/**
 * A sign that a rule was not kept, for people to look into: the machine finds, and never punishes (政府督查工作条例
 * Art. 21). `department` and `person` held the application when it happened.
 */
export type Breach = {
  readonly code: BreachCode;
  readonly article: string;
  readonly application: string;
  readonly department: string | null;
  readonly person: string | null;
  /** What the rule is measured by: instants, days, rounds. */
  readonly detail: { readonly [name: string]: string | number | boolean | null };
  readonly evidence: readonly Evidence[];
};

/** One application with its history, and what it is judged by. */
export type Examined = {
  readonly application: ApplicationDocument;
  /** In order of revision. */
  readonly entries: readonly TimelineEntry[];
  readonly calendar: WorkingCalendar;
  /** ISO instant; what still runs is measured up to here. */
  readonly now: string;
};

const REPEATED_SUPPLEMENT = cited(licensing(72, 4));
const REASONS_OWED = cited(licensing(38));
const TERM_OF_DECISION = cited(licensing(42));
const PUBLISHED_PROMISE = cited(businessEnvironment(36));
const DELIVERY = cited(licensing(44));
const JOINT_HANDLING = cited(licensing(26));

/** Every breach of one application, in the order of the rules below. */
export function breachesOf(examined: Examined): readonly Breach[] {
  return [
    ...lateNotice(examined),
    ...repeatedSupplements(examined),
    ...returnsWithoutArticle(examined),
    ...exceededTerm(examined),
    ...lateDelivery(examined),
    ...lateOpinions(examined),
  ];
}

const ANSWERS_TO_RECEIPT = ['SupplementRequested', 'ApplicationAccepted', 'AcceptanceRefused'];
/** What the applicant hands in starts the term of the notice. */
const RECEIPTS = ['ApplicationSubmitted', 'SupplementSubmitted'];
const BEGINNINGS = ['ApplicationSubmitted', 'ApplicationAccepted', 'ApplicationDeemedAccepted'];
const ENDS = [
  'ApplicationApproved',
  'ApplicationRefused',
  'ApplicationWithdrawn',
  'ApplicationClosed',
  'AcceptanceRefused',
];

/**
 * In time after receipt (行政许可法 Art. 32(4): five working days) the applicant is notified of everything to correct, or the
 * application counts as accepted, where a law says so.
 */
function lateNotice({ application, entries, calendar, now }: Examined): Breach[] {
  const rule = noticeRule(application.terms);
  if (rule === null) return [];
  const deemed = entries.find(({ type }) => type === 'ApplicationDeemedAccepted');
  if (deemed !== undefined) return [noticeNeverGiven(application, rule, entries, deemed, calendar)];
  const receivedAt = application.submittedAt;
  const receipt = entries.find(({ type }) => type === 'ApplicationSubmitted');
  const answer = entries.find(({ type }) => ANSWERS_TO_RECEIPT.includes(type));
  // A withdrawal before any answer ends the duty to give one.
  const ended = answer ?? entries.find(({ type }) => ENDS.includes(type));
  const counted = submissionOf(calendar, application);
  const notice = oneTimeNotice(counted, ended?.occurredAt ?? now, calendar, rule);
  if (notice.inTime) return [];
  const missing = answer === undefined;
  return [
    {
      code: missing ? 'notice-missing' : 'notice-late',
      article: rule.article,
      application: application.id,
      ...(answer ? inWhoseHands(answer) : inHand(application)),
      detail: {
        receivedAt,
        dueAt: notice.dueAt,
        answeredAt: answer?.occurredAt ?? null,
        workingDays: workingDaysBetween(calendar, dayOf(counted), dayOf(ended?.occurredAt ?? now)),
        provisional: notice.provisional,
      },
      evidence: evidenceOf(application, [receipt, answer]),
    },
  ];
}

/** 视为受理: the term ran out without a notice, and time accepted the application. */
function noticeNeverGiven(
  application: ApplicationDocument,
  rule: NoticeRule,
  entries: readonly TimelineEntry[],
  deemed: TimelineEntry,
  calendar: WorkingCalendar,
): Breach {
  const receipt = entries.findLast(
    ({ type, revision }) => RECEIPTS.includes(type) && revision < deemed.revision,
  );
  const receivedAt = receipt?.occurredAt ?? application.submittedAt;
  const isLast = receivedAt === application.materialsAt;
  const counted = isLast ? materialsReceiptOf(calendar, application) : receivedAt;
  const notice = oneTimeNotice(counted, deemed.recordedAt, calendar, rule);
  return {
    code: 'notice-missing',
    article: rule.article,
    application: application.id,
    department: application.department,
    person: null,
    detail: {
      receivedAt,
      dueAt: notice.dueAt,
      answeredAt: null,
      workingDays: workingDaysBetween(calendar, dayOf(counted), notice.dueDay),
      provisional: notice.provisional,
    },
    evidence: evidenceOf(application, [receipt, deemed]),
  };
}

function repeatedSupplements({ application, entries }: Examined): Breach[] {
  const notices = entries.filter(({ type }) => type === 'SupplementRequested');
  return notices.slice(1).map((notice) => ({
    code: 'repeated-supplement',
    article: REPEATED_SUPPLEMENT,
    application: application.id,
    ...byWhom(notice),
    detail: { round: notice.round ?? null, requestedAt: notice.occurredAt },
    evidence: evidenceOf(application, [notices[0], notice]),
  }));
}

function returnsWithoutArticle({ application, entries }: Examined): Breach[] {
  return entries
    .filter(({ type, article }) => type === 'ApplicationReturned' && article === undefined)
    .map((returned) => ({
      code: 'return-without-article',
      article: REASONS_OWED,
      application: application.id,
      ...byWhom(returned),
      detail: { round: returned.round ?? null, returnedAt: returned.occurredAt },
      evidence: evidenceOf(application, [returned]),
    }));
}

/** The statutory term, and where that was kept the promised one; of an application that still runs, up to now. */
function exceededTerm({ application, entries, now }: Examined): Breach[] {
  const { due, open, terms } = application;
  const statutory = open ? isPast(due.statutory, now) : application.lateStatutory === true;
  const promised = open ? isPast(due.promised, now) : application.latePromised === true;
  if (!statutory && !promised) return [];
  const end = entries.findLast(({ type }) => ENDS.includes(type));
  const begin = entries.findLast(({ type }) => BEGINNINGS.includes(type));
  return [
    {
      code: statutory ? 'statutory-term-exceeded' : 'promised-term-exceeded',
      article: statutory ? (terms.basis ?? TERM_OF_DECISION) : PUBLISHED_PROMISE,
      application: application.id,
      ...(end ? inWhoseHands(end) : inHand(application)),
      detail: {
        dueAt: statutory ? due.statutory : due.promised,
        stoppedAt: application.endedAt,
        running: open,
        verified: terms.verified,
        provisional: due.provisional,
      },
      evidence: evidenceOf(application, [begin, end]),
    },
  ];
}

/** Art. 44 sets a term for the delivery of a grant, and none for that of a refusal. */
function lateDelivery({ application, entries, calendar, now }: Examined): Breach[] {
  const decision = entries.find(({ type }) => type === 'ApplicationApproved');
  if (decision === undefined || !isLicence(application.terms)) return [];
  const delivery = entries.find(({ type }) => type === 'DecisionDelivered');
  const dueAt = deliveryDueAt(calendar, decision.occurredAt);
  if (!isPast(dueAt, delivery?.occurredAt ?? now)) return [];
  return [
    {
      code: delivery ? 'delivery-late' : 'delivery-missing',
      article: DELIVERY,
      application: application.id,
      ...(delivery ? inWhoseHands(delivery) : inHand(application)),
      detail: { decidedAt: decision.occurredAt, dueAt, deliveredAt: delivery?.occurredAt ?? null },
      evidence: evidenceOf(application, [decision, delivery]),
    },
  ];
}

/** Opinions that other departments gave after the deadline, or not at all. */
function lateOpinions({ application, entries }: Examined): Breach[] {
  return entries.flatMap((entry, index): Breach[] => {
    const request = entries.slice(0, index).findLast(({ type }) => type === 'ConsultationRequested');
    const breach = { article: JOINT_HANDLING, application: application.id };
    const evidence = evidenceOf(application, [request, entry]);
    const requestedAt = request?.occurredAt ?? null;
    if (entry.type === 'ConsultationAnswered' && entry.late) {
      const detail = { requestedAt, answeredAt: entry.occurredAt };
      return [{ ...breach, code: 'opinion-late', ...byWhom(entry), detail, evidence }];
    }
    if (entry.type !== 'ConsultationOverdue') return [];
    const answered = entries.slice(index).filter(({ type }) => type === 'ConsultationAnswered');
    return (entry.departments ?? [])
      .filter((department) => !answered.some((answer) => answer.department === department))
      .map((department) => ({
        ...breach,
        code: 'opinion-missing',
        department,
        person: null,
        detail: { requestedAt, overdueAt: entry.occurredAt },
        evidence,
      }));
  });
}

function isPast(due: string | null, instant: string): boolean {
  return due !== null && instant > due;
}

type Whose = Pick<Breach, 'department' | 'person'>;

/** The holder of the application until the act; the actor when the act changed no holder or the applicant held it. */
function inWhoseHands(entry: TimelineEntry): Whose {
  const by = entry.ended?.by;
  return by === undefined || by.department === null
    ? byWhom(entry)
    : { department: by.department, person: by.person };
}

function byWhom({ department, person }: TimelineEntry): Whose {
  return { department, person };
}

function inHand({ responsible, holder }: ApplicationDocument): Whose {
  return { department: responsible, person: holder?.department === responsible ? holder.person : null };
}

function evidenceOf(
  { id }: ApplicationDocument,
  entries: readonly (TimelineEntry | undefined)[],
): readonly Evidence[] {
  return entries.flatMap((entry) =>
    entry === undefined
      ? []
      : [
          {
            stream: `application-${id}`,
            revision: String(entry.revision),
            position: entry.position,
            type: entry.type,
          },
        ],
  );
}
