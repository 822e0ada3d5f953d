import { type Recorded } from '#libs/engine/event-sourcing';
import { type ApplicationEvent } from '../application/application.events.js';

/** Who did it; what they are called is for who asks to look up. */
type Doer = { readonly person: string; readonly department: string | null; readonly at: string };

/** 一次性告知: what the last notice asked for. */
export type Supplement = {
  readonly items: readonly { readonly material: string; readonly reason: string }[];
  /** ISO instant of the notice, and who gave it. */
  readonly asked: string;
  readonly by: string;
  /** 1 for the notice that the law knows. */
  readonly round: number;
  /** ISO instant at which the applicant handed in what it asked for; null while that is awaited. */
  readonly answeredAt: string | null;
};

export const MATERIAL_STATES = {
  'handed-in': { zh: '已提交', en: 'Handed in' },
  'asked-for': { zh: '待补正', en: 'To be corrected or handed in' },
  owed: { zh: '容缺待补', en: 'May be handed in later' },
  promised: { zh: '告知承诺', en: 'Replaced by a commitment' },
} as const;

/** A material of an application. */
export type Material = {
  readonly name: string;
  /** ISO instant at which it was handed in last; null while it was not. */
  readonly handedInAt: string | null;
  readonly state: keyof typeof MATERIAL_STATES;
  /** True for what the applicant still has to hand in. */
  readonly missing: boolean;
};

/** What one department was asked and said (征求意见). */
export type AskedDepartment = {
  readonly department: string;
  /** Null while it has not answered. */
  readonly agrees: boolean | null;
  readonly opinion: string | null;
  readonly person: string | null;
  readonly answeredAt: string | null;
  readonly late: boolean | null;
  /** What its silence counts as once the deadline has passed; null unless a rule says so. */
  readonly takenAs: 'no-objection' | null;
};

export type ConsultationRound = {
  readonly round: number;
  readonly question: string;
  readonly askedAt: string;
  readonly by: string;
  readonly answerBy: string;
  readonly article: string | null;
  readonly departments: readonly AskedDepartment[];
};

/** 决定: how an organ ended the application, with what the law asks it to say (行政许可法 Art. 38). */
export type Decision = {
  /** `granted`, `refused`, `not-accepted`, or the outcome that a closure gives. */
  readonly outcome: string;
  readonly at: string;
  readonly by: string;
  readonly department: string | null;
  /** 文号; null where it has none. */
  readonly number: string | null;
  readonly opinion: string | null;
  /** 理由 of a refusal. */
  readonly ground: string | null;
  readonly article: string | null;
  readonly remedies: string | null;
  /** The organ to apply to, where this one is not competent. */
  readonly organ: string | null;
};

/** 更正 of a text on record. */
export type ShownCorrection = Doer & {
  /** The event that is corrected: its place in the stream, and its type. */
  readonly revision: string;
  readonly type: string;
  readonly field: string;
  readonly before: string | null;
  readonly after: string;
  readonly reason: string;
};

/** A reason that people have to know: of a return or a withdrawal. */
export type ShownReason = Doer & { readonly reason: string | null; readonly article: string | null };

/** What the acts of an application say, whole: nobody who works on it has to read the log. */
export type Content = {
  readonly supplement: Supplement | null;
  readonly materials: readonly Material[];
  readonly consultations: readonly ConsultationRound[];
  readonly decision: Decision | null;
  /** 退回: the last one. */
  readonly returned: ShownReason | null;
  /** 撤回申请. */
  readonly withdrawn: ShownReason | null;
  readonly corrections: readonly ShownCorrection[];
};

type Event = Recorded<ApplicationEvent>;
type Of<Type extends Event['type']> = Extract<Event, { readonly type: Type }>;

const NOTHING: Content = {
  ...{ supplement: null, materials: [], consultations: [], decision: null },
  ...{ returned: null, withdrawn: null, corrections: [] },
};

const doerOf = ({ metadata: { actor, occurredAt } }: Pick<Event, 'metadata'>): Doer => ({
  ...{ person: actor.person, department: actor.department, at: occurredAt },
});

/** Materials with some of them changed, or added at the end. */
function withMaterials(
  materials: readonly Material[],
  names: readonly string[],
  change: (before: Material | undefined, name: string) => Material,
): readonly Material[] {
  const changed = materials.map((one) => (names.includes(one.name) ? change(one, one.name) : one));
  const added = [...new Set(names)].filter((name) => !materials.some((one) => one.name === name));
  return [...changed, ...added.map((name) => change(undefined, name))];
}

const handedIn = (content: Content, names: readonly string[], at: string): readonly Material[] =>
  withMaterials(content.materials, names, (_, name) => ({
    ...{ name, handedInAt: at, state: 'handed-in', missing: false },
  }));

const lacking = (content: Content, names: readonly string[], state: Material['state']): readonly Material[] =>
  withMaterials(content.materials, names, (before, name) => ({
    ...{ name, handedInAt: before?.handedInAt ?? null, state, missing: state !== 'promised' },
  }));

/** What a notice asked for is answered once something is handed in: the next look is the window's. */
function answered(content: Content, names: readonly string[], at: string): Content {
  const { supplement } = content;
  const left = content.materials.filter(
    ({ state, handedInAt }) => state !== 'asked-for' || handedInAt !== null,
  );
  const before = left.map((one): Material =>
    one.state === 'asked-for' ? { ...one, state: 'handed-in', missing: false } : one,
  );
  return {
    ...content,
    materials: handedIn({ ...content, materials: before }, names, at),
    supplement: supplement && { ...supplement, answeredAt: supplement.answeredAt ?? at },
  };
}

function decided(
  event: Of<'ApplicationApproved' | 'ApplicationRefused' | 'AcceptanceRefused' | 'ApplicationClosed'>,
  said: Partial<Decision> & Pick<Decision, 'outcome'>,
): Decision {
  const { person: by, department, at } = doerOf(event);
  const empty = { number: null, opinion: null, ground: null, article: null, remedies: null, organ: null };
  return { ...empty, at, by, department, ...said };
}

function answeredBy(content: Content, event: Of<'ConsultationAnswered'>): Content {
  const { round, department, agrees, opinion, late } = event.data;
  const { person, at } = doerOf(event);
  return inRound(content, round, (asked) =>
    asked.department === department
      ? { ...asked, ...{ agrees, opinion, person, answeredAt: at, late, takenAs: null } }
      : asked,
  );
}

const inRound = (
  content: Content,
  round: number,
  change: (asked: AskedDepartment) => AskedDepartment,
): Content => ({
  ...content,
  consultations: content.consultations.map((one) =>
    one.round === round ? { ...one, departments: one.departments.map(change) } : one,
  ),
});

const UNANSWERED = {
  ...{ agrees: null, opinion: null, person: null, answeredAt: null, late: null, takenAs: null },
} as const;

type Steps = { readonly [Type in Event['type']]?: (content: Content, event: Of<Type>) => Content };

const STEPS: Steps = {
  ApplicationSubmitted: (content, { data, metadata }) => ({
    ...content,
    materials: handedIn(content, data.materials, metadata.occurredAt),
  }),
  SupplementRequested: (content, event) => {
    const { items, round } = event.data;
    const { person: by, at: asked } = doerOf(event);
    const names = items.map(({ material }) => material);
    return {
      ...content,
      supplement: { items, asked, by, round, answeredAt: null },
      materials: lacking(content, names, 'asked-for'),
    };
  },
  SupplementSubmitted: (content, { data, metadata }) =>
    answered(content, data.materials, metadata.occurredAt),
  ApplicationResubmitted: (content, { data, metadata }) =>
    answered(content, data.materials, metadata.occurredAt),
  AcceptedWithDeficiency: (content, { data }) => ({
    ...content,
    materials: lacking(content, data.missing, 'owed'),
  }),
  DeficiencyFulfilled: (content, { data, metadata }) => ({
    ...content,
    materials: handedIn(content, data.materials, metadata.occurredAt),
  }),
  CommitmentMade: (content, { data }) => ({
    ...content,
    materials: lacking(content, data.materials, 'promised'),
  }),
  ConsultationRequested: (content, event) => {
    const { round, question, answerBy, article, departments } = event.data;
    const { person: by, at: askedAt } = doerOf(event);
    const asked = departments.map((department) => ({ department, ...UNANSWERED }));
    const opened = { round, question, askedAt, by, answerBy, article, departments: asked };
    return { ...content, consultations: [...content.consultations, opened] };
  },
  ConsultationAnswered: answeredBy,
  ConsultationOverdue: (content, { data: { round, departments, takenAs } }) =>
    inRound(content, round, (asked) =>
      departments.includes(asked.department) ? { ...asked, takenAs } : asked,
    ),
  ApplicationReturned: (content, event) => {
    const { reason, article } = event.data;
    return { ...content, returned: { ...doerOf(event), reason, article } };
  },
  ApplicationWithdrawn: (content, event) => ({
    ...content,
    withdrawn: { ...doerOf(event), reason: event.data.reason, article: null },
  }),
  ApplicationApproved: (content, event) => {
    const { opinion, decisionNumber = null } = event.data;
    return { ...content, decision: decided(event, { outcome: 'granted', opinion, number: decisionNumber }) };
  },
  ApplicationRefused: (content, event) => {
    const { article, reason: ground, remedies, decisionNumber = null } = event.data;
    const said = { outcome: 'refused', article, ground, remedies, number: decisionNumber };
    return { ...content, decision: decided(event, said) };
  },
  AcceptanceRefused: (content, event) => {
    const { article, reason: ground, remedies, organ = null, decisionNumber = null } = event.data;
    const said = { outcome: 'not-accepted', article, ground, remedies, organ, number: decisionNumber };
    return { ...content, decision: decided(event, said) };
  },
  ApplicationClosed: (content, event) => ({
    ...content,
    decision: decided(event, { outcome: event.data.outcome }),
  }),
  RecordCorrected: (content, event) => {
    const { corrects, correctsType: type, field, before, after, reason } = event.data;
    const correction = { ...doerOf(event), revision: `${corrects}`, type, field, before, after, reason };
    return { ...content, corrections: [...content.corrections, correction] };
  },
};

/** What the events of one application say, in order; a text that was corrected is read as corrected. */
export function contentOf(events: readonly Event[]): Content {
  const corrected = new Map<string, { readonly [field: string]: string }>();
  for (const event of events) {
    if (event.type !== 'RecordCorrected') continue;
    const { corrects, field, after } = event.data;
    corrected.set(`${corrects}`, { ...corrected.get(`${corrects}`), [field]: after });
  }
  return events.reduce<Content>((content, event) => {
    const reading = corrected.get(`${event.revision}`);
    const read = reading === undefined ? event : { ...event, data: { ...event.data, ...reading } };
    const step = STEPS[event.type] as ((content: Content, event: unknown) => Content) | undefined;
    return step === undefined ? content : step(content, read);
  }, NOTHING);
}
