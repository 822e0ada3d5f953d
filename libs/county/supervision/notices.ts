import {
  type ApplicationEvent,
  type EscalationLevel,
  type Application,
  type Holder,
  type InternalStep,
} from '#libs/county/approval';
import { type Recorded } from '#libs/engine/event-sourcing';

/** What a notice is about. */
type NoticeKind =
  | 'term-yellow' // 黄灯: the term nears its end
  | 'step-overrun' // 环节超时
  | 'procedure-over' // 特别程序期限届满
  | 'escalated' // 提级
  | 'sent-down' // 退回下级协调
  | 'unassigned' // 经办人离岗，退回部门待分办
  | 'reassigned' // 改派
  | 'deemed-accepted' // 视为受理
  | 'suspended' // 启动特别程序
  | 'resumed' // 结束特别程序
  | 'extended' // 延期
  | 'permit-ending' // 许可即将届满
  | 'permit-renewed' // 视为准予延续
  | 'permit-lapsed' // 许可自行废止
  | 'renewal-applied' // 申请延续
  | 'works-stopped' // 报告中止施工
  | 'works-stop-found' // 发现中止施工，应当报告
  | 'works-stop-unreported' // 中止施工逾期未报告
  | 'verification-owed' // 中止施工满一年，应当核验
  | 'works-resumed'; // 报告恢复施工

/** A notice to a person or department. */
export type Notice = {
  readonly kind: NoticeKind;
  /** Whom it is for, see `addressee`. */
  readonly to: readonly string[];
  readonly level: EscalationLevel | null;
  readonly step: InternalStep | null;
  /** The reason of an escalation or extension, the number of a written notice, the last day of a permit. */
  readonly text: string | null;
  readonly occurredAt: string;
  readonly revision: string;
};

/** Names of those whom a notice may be for. */
export const addressee = {
  applicant: (person: string) => `applicant:${person}`,
  department: (department: string) => `department:${department}`,
  person: (person: string) => `person:${person}`,
  head: (department: string) => `head:${department}`,
  level: (level: EscalationLevel) => `level:${level}`,
} as const;

/** The latest are kept; all of them stay in the log. */
const NOTICES_KEPT = 20;

/** The notices of an application after an event, of which `state` is the outcome. */
export function noticesAfter(
  before: readonly Notice[],
  event: Recorded<ApplicationEvent>,
  state: Application,
): readonly Notice[] {
  const told = noticeOf(event, state);
  if (told === null) return before;
  const { occurredAt } = event.metadata;
  const notice = {
    level: null,
    step: null,
    text: null,
    ...told,
    occurredAt,
    revision: event.revision.toString(),
  };
  return [...before, notice].slice(-NOTICES_KEPT);
}

const WARNINGS = {
  term: 'term-yellow',
  step: 'step-overrun',
  procedure: 'procedure-over',
} as const satisfies Record<string, NoticeKind>;

type NoticeContent = Pick<Notice, 'kind' | 'to'> & Partial<Notice>;

function noticeOf(event: Recorded<ApplicationEvent>, state: Application): NoticeContent | null {
  const applicant = addressee.applicant(state.applicant);
  if (event.type === 'ApplicationWarned') {
    const { cause, step, to } = event.data;
    return { kind: WARNINGS[cause], to: holderOf(to), step };
  }
  if (event.type === 'ApplicationEscalated') {
    const { level, reason } = event.data;
    return { kind: 'escalated', to: [...levelOf(level, state), ...desksOf(state)], level, text: reason };
  }
  if (event.type === 'ApplicationSentDown') {
    const { level, from, reason } = event.data;
    const to = level === null ? desksOf(state) : levelOf(level, state);
    return { kind: 'sent-down', to: [...to, addressee.level(from)], level, text: reason };
  }
  if (event.type === 'ApplicationDeemedAccepted') {
    return { kind: 'deemed-accepted', to: [applicant, ...desksOf(state)], text: event.data.receiptNumber };
  }
  if (event.type === 'ClockSuspended') return { kind: 'suspended', to: [applicant], text: event.data.notice };
  if (event.type === 'ClockResumed') return { kind: 'resumed', to: [applicant], text: event.data.result };
  if (event.type === 'TimeLimitExtended')
    return { kind: 'extended', to: [applicant], text: event.data.reason };
  if (event.type === 'PermitRenewed' && event.data.deemed)
    return { kind: 'permit-renewed', to: [applicant, ...desksOf(state)], text: event.data.validUntil };
  if (event.type === 'PermitLapsed')
    return { kind: 'permit-lapsed', to: [applicant, ...desksOf(state)], text: event.data.lastDay };
  if (event.type === 'PermitRenewalApplied')
    return { kind: 'renewal-applied', to: desksOf(state), text: event.data.validUntil };
  if (event.type === 'PermitEndAnnounced')
    return { kind: 'permit-ending', to: [applicant], text: event.data.lastDay };
  if (event.type === 'ApplicationUnassigned') {
    const { department, person } = event.data;
    return {
      kind: 'unassigned',
      to: [addressee.head(department), addressee.department(department)],
      text: person,
    };
  }
  if (event.type === 'ApplicationReassigned') {
    const { to, reason } = event.data;
    return { kind: 'reassigned', to: [addressee.person(to.person)], text: reason };
  }
  return noticeOfWorks(event, state, applicant);
}

/** 中止施工、恢复施工: the organ is notified of what the developer reports, and both of what time brings about. */
function noticeOfWorks(
  event: Recorded<ApplicationEvent>,
  state: Application,
  applicant: string,
): NoticeContent | null {
  if (event.type === 'WorksStopped')
    return { kind: 'works-stopped', to: desksOf(state), text: event.data.on };
  if (event.type === 'WorksStopFound')
    return { kind: 'works-stop-found', to: [applicant], text: event.data.reportBy };
  if (event.type === 'WorksStopUnreported')
    return { kind: 'works-stop-unreported', to: [applicant, ...desksOf(state)], text: event.data.reportBy };
  if (event.type === 'PermitVerificationOwed')
    return { kind: 'verification-owed', to: [applicant, ...desksOf(state)], text: event.data.yearUntil };
  if (event.type === 'WorksResumed')
    return { kind: 'works-resumed', to: desksOf(state), text: event.data.on };
  return null;
}

const holderOf = ({ department, person }: Holder): readonly string[] => [
  ...(department === null ? [] : [addressee.department(department)]),
  ...(person === null ? [] : [addressee.person(person)]),
];

function desksOf({ department, holder }: Application): readonly string[] {
  const desk = department ?? holder?.department ?? null;
  return desk === null ? [] : [addressee.department(desk)];
}

/** The head of the department is one of many heads; the levels above are one for the county. */
function levelOf(level: EscalationLevel, { department, holder }: Application): readonly string[] {
  if (level !== 'department-head') return [addressee.level(level)];
  const desk = department ?? holder?.department ?? null;
  return desk === null ? [addressee.level(level)] : [addressee.head(desk)];
}
