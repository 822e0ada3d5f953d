import { type StoredEvent } from '#libs/engine/event-sourcing';
import { type Answer, type Body } from '../e2e/server.js';
import { type County } from './county.js';

/** What a person may do, as the answer of an application says it. */
export type Allowed = {
  readonly act: string;
  readonly path: string;
  readonly allowed: boolean;
  readonly code: string | null;
  readonly article: string | null;
  readonly zh: string | null;
  readonly en: string | null;
};

const reason = '按照现场情况办理';

type Life = {
  readonly events: readonly StoredEvent[];
  readonly listed: readonly Listed[];
  readonly today: string;
};
type Listed = { readonly name: string; readonly key: boolean };

const dataOf = (event: StoredEvent) => event.data as Readonly<Record<string, unknown>>;

/** The materials that were handed in by all events so far. */
const handedIn = ({ events }: Life): readonly unknown[] =>
  events.flatMap((event) => (dataOf(event)['materials'] as readonly unknown[] | undefined) ?? []);
const missable = (life: Life): string =>
  (life.listed.find(({ name, key }) => !key && !handedIn(life).includes(name)) ?? life.listed[0])?.name ??
  '图';

/** The issue that a decision is about: the first that has none, with a proposal if there is one. */
function issueOf({ events }: Life): number {
  const numbers = (type: string) =>
    events.filter((event) => event.type === type).map((event) => dataOf(event)['issue'] as number);
  const open = numbers('IssueRaised').filter((issue) => !numbers('IssueDecided').includes(issue));
  return open.find((issue) => numbers('IssueOptionProposed').includes(issue)) ?? open[0] ?? 1;
}

/** A department that does not have the case now. */
function another({ events }: Life): string {
  const moved = events.findLast(({ type }) => type === 'ApplicationTransferred');
  const to = moved && (dataOf(moved)['to'] as { readonly department: string }).department;
  return to === 'forestry' ? 'water' : 'forestry';
}

function rated({ events }: Life): number {
  const before = events.filter(({ type }) => type === 'ServiceRated').map((event) => dataOf(event)['rated']);
  const acts = events.filter(
    ({ type, metadata: { actor } }) =>
      ['window', 'reviewer', 'department-head'].includes(actor.role) && !type.endsWith('Flagged'),
  );
  const found = acts.find(({ revision }) => !before.includes(Number(revision))) ?? acts[0];
  return Number(found?.revision ?? 0);
}

/** Texts that people write and may correct. */
const TEXTS = ['note', 'reason', 'opinion', 'problem', 'proposal', 'question', 'finding', 'statement'];

function corrected({ events }: Life): object {
  for (const event of events) {
    for (const [field, text] of Object.entries(dataOf(event))) {
      if (TEXTS.includes(field) && (text === null || typeof text === 'string'))
        return { revision: Number(event.revision), field, value: `更正后 ${events.length}`, reason };
    }
  }
  return { revision: 0, field: 'note', value: '更正后', reason };
}

/** A body for each act, as a person would fill in the form. Written for this test: the product has its own. */
export const BODIES: Readonly<Record<string, (life: Life) => object>> = {
  SubmitApplication: () => ({ materials: ['补充说明'] }),
  RequestSupplement: () => ({ items: [{ material: '宗地图', reason }] }),
  SubmitSupplement: () => ({ materials: ['宗地图'] }),
  AcceptApplication: () => ({ note: '材料齐全' }),
  RefuseAcceptance: () => ({ ground: 'no-licence-needed', reason }),
  AssignReviewer: () => ({ person: 'demo-reviewer' }),
  RecordStep: () => ({ step: '现场查看材料' }),
  SendBackApplication: () => ({ reason }),
  ReturnApplication: () => ({ reason }),
  TransferApplication: (life) => ({ department: another(life), reason }),
  RaiseIssue: () => ({ problem: reason }),
  ProposeIssueOption: (life) => ({ issue: issueOf(life), proposal: reason }),
  DecideIssue: (life) => ({ issue: issueOf(life), option: 1, reason }),
  ApproveApplication: () => ({ opinion: reason }),
  RefuseApplication: () => ({ article: '行政许可法 Art. 38', reason }),
  WithdrawApplication: () => ({ reason }),
  DeliverDecision: () => ({ method: '当面' }),
  CloseApplication: () => ({ outcome: '办理完毕' }),
  CompleteImmediately: () => ({ outcome: '办理完毕' }),
  SuspendClock: () => ({ cause: 'hearing', notice: '本听告〔2026〕1号', days: 2 }),
  ResumeClock: () => ({ result: '已经结束' }),
  ExtendTimeLimit: () => ({ days: 1, reason }),
  EscalateApplication: () => ({ reason }),
  SendDownApplication: () => ({ reason }),
  RequestConsultation: (life) => ({ departments: [another(life)], question: '是否同意', days: 2 }),
  AnswerConsultation: () => ({ agrees: true, opinion: reason }),
  CloseConsultation: () => ({}),
  AmendPermit: () => ({ change: '面积', reason }),
  RenewPermit: () => ({ validUntil: '2029-12-31', reason }),
  ApplyForRenewal: () => ({ validUntil: '2029-12-31', reason }),
  RefuseRenewal: () => ({ article: '行政许可法 Art. 50', reason }),
  RecallPermit: () => ({ ground: 'facts-changed', reason, compensation: '无' }),
  RevokePermit: () => ({ ground: 'abuse', reason, publicHarm: false, compensation: '无' }),
  CancelPermit: ({ events }) => ({
    ground: events.some(({ type }) => type === 'PermitRevoked' || type === 'PermitRecalled')
      ? 'withdrawn'
      : 'terminated',
    reason,
  }),
  ReportPermitUse: ({ today }) => ({ on: today }),
  PostponeUse: () => ({ months: 1, reason }),
  ReportWorksStopped: ({ today }) => ({ on: today, reason }),
  RecordStopFound: ({ today }) => ({ on: today, finding: reason }),
  ReportWorksResumed: ({ today }) => ({ on: today }),
  VerifyPermit: () => ({ passed: true, finding: reason }),
  CorrectRecord: corrected,
  RecordBackEntry: () => ({
    step: '现场查看',
    happenedAt: '2026-11-02T09:00:00+08:00',
    reason,
    scan: 'b'.repeat(64),
  }),
  RateService: (life) => ({ revision: rated(life), stars: 4 }),
  ApproveSpecialHandling: ({ events }) => {
    const varied = events
      .filter(({ type }) => type === 'SpecialHandlingApproved')
      .map((one) => dataOf(one)['rule']);
    const rules = ['deficiency-term', 'separate-decision', 'await-opinions'];
    return { rule: rules.find((rule) => !varied.includes(rule)) ?? rules[0], reason };
  },
  GrantFastTrack: () => ({ ground: 'emergency', reason, promisePercent: 80 }),
  AcceptWithDeficiency: (life) => ({ missing: [missable(life)], days: 3 }),
  FulfilDeficiency: ({ events }) => {
    const owed = events.find(({ type }) => type === 'AcceptedWithDeficiency');
    return { materials: [(owed && (dataOf(owed)['missing'] as readonly string[])[0]) ?? '图'] };
  },
  LapseDeficiency: () => ({}),
  MakeCommitment: (life) => ({ materials: [missable(life)], statement: reason }),
  CheckCommitment: () => ({ kept: true, finding: reason }),
};

/** Acts whose bodies are files, or rest on one: `files.e2e` plays them. */
const WITH_FILES: readonly string[] = ['HandInFile', 'ReuseFile'];

/** One application, and what is asked about it. */
export class LivedCase {
  constructor(
    private readonly county: County,
    readonly id: string,
    private readonly listed: readonly Listed[],
  ) {}

  async life(): Promise<Life> {
    const events: StoredEvent[] = [];
    const { eventStore } = this.county.server.system;
    for await (const event of eventStore.readStream(`application-${this.id}`)) events.push(event);
    const today = new Date(this.county.clock.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    return { events, listed: this.listed, today };
  }

  /** Null where the person may not see it. */
  async allowed(as: string, headers: Record<string, string> = {}): Promise<readonly Allowed[] | null> {
    await this.county.server.caughtUp();
    const { status, body } = await this.county.server.get(`/applications/${this.id}`, as, headers);
    if (status === 403) return null;
    const { allowed } = body as { readonly allowed: readonly Allowed[] };
    return allowed.filter(({ act }) => !WITH_FILES.includes(act));
  }

  /** What the command does: taken, or the code and article of its refusal. */
  async does(
    { act, path }: Pick<Allowed, 'act' | 'path'>,
    as: string,
    life: Life,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const body = BODIES[act]?.(life);
    if (body === undefined) throw new Error(`the test has no body for ${act}`);
    return this.county.server.post(path.replace('/api/v1', ''), as, body, headers);
  }
}

export const problemOf = ({ code = null, article = null, messages }: Body) => ({
  code,
  article,
  zh: messages?.zh ?? null,
  en: messages?.en ?? null,
});
