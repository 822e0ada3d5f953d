/** What a developer is asked about a project (事项问卷). */
export type Question = {
  readonly id: string;
  readonly kind: 'yes-no' | 'choice' | 'number';
  readonly zh: string;
  readonly en: string;
  /** Of a number. */
  readonly unit?: string;
  /** Of a choice. */
  readonly options?: readonly { readonly value: string; readonly zh: string; readonly en: string }[];
};

/** A condition of the law, put as answers to questions. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly question: string; readonly is: readonly string[] }
  | { readonly question: string; readonly atLeast?: number; readonly below?: number };

/** A matter with the condition of the law under which a project needs it. */
export type ConditionalMatter = {
  readonly matter: string;
  readonly needed: Condition;
  /** Where the condition stands; null where no law was read. */
  readonly article: string | null;
  /** False shows as 未核实. */
  readonly verified: boolean;
  readonly zh: string;
  readonly en: string;
  /** Matters that come before it, where a project has them. */
  readonly after: readonly string[];
  /** Matters that wait for it, where a project has them. */
  readonly before: readonly string[];
};

export type Questionnaire = {
  readonly version: string;
  readonly questions: readonly Question[];
  readonly matters: readonly ConditionalMatter[];
};

/** Under which token the questionnaire of the county is provided. */
export const QUESTIONNAIRE = Symbol('Questionnaire');

/** Answers by question: `yes` or `no`, the value of an option, or a decimal number. */
export type Answers = Readonly<Record<string, string>>;

/** Whether a project needs a matter; null while answers are missing. */
type Verdict = boolean | null;

/** Three-valued: what is not known decides nothing as long as what is known does not. */
function holds(condition: Condition, answers: Answers): Verdict {
  if ('all' in condition) {
    const parts = condition.all.map((part) => holds(part, answers));
    return parts.includes(false) ? false : parts.includes(null) ? null : true;
  }
  if ('any' in condition) {
    const parts = condition.any.map((part) => holds(part, answers));
    return parts.includes(true) ? true : parts.includes(null) ? null : false;
  }
  const answer = Object.hasOwn(answers, condition.question) ? answers[condition.question] : undefined;
  if (answer === undefined) return null;
  if ('is' in condition) return condition.is.includes(answer);
  const number = Number(answer);
  const { atLeast = -Infinity, below = Infinity } = condition;
  return number >= atLeast && number < below;
}

/** The questions of a condition, each once. */
export function questionsOf(condition: Condition): readonly string[] {
  if ('all' in condition) return [...new Set(condition.all.flatMap(questionsOf))];
  if ('any' in condition) return [...new Set(condition.any.flatMap(questionsOf))];
  return [condition.question];
}

/** What the law says of a matter once some questions are answered. */
export type Judged = ConditionalMatter & {
  readonly verdict: Verdict;
  /** Questions that would have to be answered to know; empty where it is known. */
  readonly unanswered: readonly Asked[];
};

/** A question by its id and its text. */
type Asked = Pick<Question, 'id' | 'zh' | 'en'>;

/** A matter by the answers; null where no condition of it is on record. */
export function judgedMatter(questionnaire: Questionnaire, answers: Answers, matter: string): Judged | null {
  const found = questionnaire.matters.find((one) => one.matter === matter);
  return found === undefined ? null : judge(questionnaire, answers, found);
}

function judge({ questions }: Questionnaire, answers: Answers, entry: ConditionalMatter): Judged {
  const verdict = holds(entry.needed, answers);
  const asked = verdict === null ? questionsOf(entry.needed) : [];
  const unanswered = questions.flatMap(({ id, zh, en }) =>
    asked.includes(id) && !Object.hasOwn(answers, id) ? [{ id, zh, en }] : [],
  );
  return { ...entry, verdict, unanswered };
}

/** Why a matter is proposed. */
type Reason = Pick<ConditionalMatter, 'matter' | 'article' | 'verified' | 'zh' | 'en'>;

export type Proposal = {
  /** Version of the questionnaire. */
  readonly version: string;
  /** Needed by the answers, and the project does not have them. */
  readonly add: readonly Reason[];
  /** Not needed by the answers; the project has them and has not applied for them. */
  readonly strike: readonly Reason[];
  /** Not needed by the answers, but applied for already: they stay. */
  readonly applied: readonly Reason[];
  /** The project has them, and answers are missing to know whether it needs them. */
  readonly open: readonly (Reason & { readonly unanswered: readonly Asked[] })[];
};

/** A matter that a project has. */
export type PresentMatter = { readonly matter: string; readonly applied: boolean };

/** What the answers ask for and exclude, in the order of the questionnaire. The same answers give the same proposal. */
export function proposeMatters(
  questionnaire: Questionnaire,
  answers: Answers,
  present: readonly PresentMatter[],
): Proposal {
  const judged = questionnaire.matters.map((entry) => ({
    one: judge(questionnaire, answers, entry),
    has: present.filter(({ matter }) => matter === entry.matter),
  }));
  const excluded = judged.filter(({ one, has }) => one.verdict === false && has.length > 0);
  return {
    version: questionnaire.version,
    add: judged.flatMap(({ one, has }) => (one.verdict === true && has.length === 0 ? [reasonOf(one)] : [])),
    strike: excluded.flatMap(({ one, has }) => (has.some(({ applied }) => applied) ? [] : [reasonOf(one)])),
    applied: excluded.flatMap(({ one, has }) => (has.some(({ applied }) => applied) ? [reasonOf(one)] : [])),
    open: judged.flatMap(({ one, has }) =>
      one.verdict === null && has.length > 0 ? [{ ...reasonOf(one), unanswered: one.unanswered }] : [],
    ),
  };
}

const reasonOf = ({ matter, article, verified, zh, en }: Judged): Reason => ({
  matter,
  article,
  verified,
  zh,
  en,
});

/** Zero or more, with at most six digits after the point: areas and volumes. */
const DECIMAL = /^(0|[1-9]\d{0,11})(\.\d{1,6})?$/;

/** Whether a text answers a question. */
export function isAnswer({ kind, options = [] }: Question, answer: string): boolean {
  switch (kind) {
    case 'yes-no':
      return answer === 'yes' || answer === 'no';
    case 'choice':
      return options.some(({ value }) => value === answer);
    case 'number':
      return DECIMAL.test(answer);
  }
}
