import {
  type Condition,
  type ConditionalMatter,
  isAnswer,
  type Question,
  type Questionnaire,
} from './questionnaire.js';

type Fields = Readonly<Record<string, unknown>>;

/**
 * The questionnaire that a file holds, as YAML gives it.
 * @throws RangeError naming the entry and the field
 */
export function questionnaireOf(content: unknown): Questionnaire {
  const { version, questions, matters } = fields(content, 'questionnaire', [
    'version',
    'questions',
    'matters',
  ]);
  const known = list(questions, 'questions').map((one, index) => questionOf(one, `questions[${index}]`));
  const byId = new Map(known.map((question) => [question.id, question]));
  if (byId.size < known.length) throw new RangeError('questions: an id is listed twice');
  const conditional = list(matters, 'matters').map((one, index) => matterOf(one, `matters[${index}]`, byId));
  const codes = new Set(conditional.map(({ matter }) => matter));
  if (codes.size < conditional.length) throw new RangeError('matters: a matter is listed twice');
  return { version: text(version, 'version'), questions: known, matters: inPlace(conditional) };
}

/** What comes after a matter is said once, of the one or of the other. */
function inPlace(matters: readonly ConditionalMatter[]): readonly ConditionalMatter[] {
  return matters.map((own) => ({
    ...own,
    after: also(own.after, matters, ({ before }) => before.includes(own.matter)),
    before: also(own.before, matters, ({ after }) => after.includes(own.matter)),
  }));
}

function also(
  said: readonly string[],
  matters: readonly ConditionalMatter[],
  isSaid: (other: ConditionalMatter) => boolean,
): readonly string[] {
  return [...new Set([...said, ...matters.filter(isSaid).map(({ matter }) => matter)])];
}

function questionOf(given: unknown, at: string): Question {
  const { id, kind, zh, en, unit, options } = fields(given, at, [
    'id',
    'kind',
    'zh',
    'en',
    'unit',
    'options',
  ]);
  if (kind !== 'yes-no' && kind !== 'choice' && kind !== 'number') {
    throw new RangeError(`${at}.kind: must be yes-no, choice or number`);
  }
  return {
    id: text(id, `${at}.id`),
    kind,
    zh: text(zh, `${at}.zh`),
    en: text(en, `${at}.en`),
    ...(kind === 'number' && { unit: text(unit, `${at}.unit`) }),
    ...(kind === 'choice' && {
      options: list(options, `${at}.options`).map((one, index) => {
        const place = `${at}.options[${index}]`;
        const option = fields(one, place, ['value', 'zh', 'en']);
        return {
          value: text(option['value'], `${place}.value`),
          zh: text(option['zh'], `${place}.zh`),
          en: text(option['en'], `${place}.en`),
        };
      }),
    }),
  };
}

const MATTER_FIELDS = ['matter', 'needed', 'article', 'verified', 'zh', 'en', 'after', 'before'];

function matterOf(given: unknown, at: string, questions: ReadonlyMap<string, Question>): ConditionalMatter {
  const entry = fields(given, at, MATTER_FIELDS);
  const { verified, article, after = [], before = [] } = entry;
  if (typeof verified !== 'boolean') throw new RangeError(`${at}.verified: must be true or false`);
  if (verified && article === null) throw new RangeError(`${at}.verified: needs the article that was read`);
  return {
    matter: text(entry['matter'], `${at}.matter`),
    needed: conditionOf(entry['needed'], `${at}.needed`, questions),
    article: article === null ? null : text(article, `${at}.article`),
    verified,
    zh: text(entry['zh'], `${at}.zh`),
    en: text(entry['en'], `${at}.en`),
    after: list(after, `${at}.after`).map((code) => text(code, `${at}.after`)),
    before: list(before, `${at}.before`).map((code) => text(code, `${at}.before`)),
  };
}

function conditionOf(given: unknown, at: string, questions: ReadonlyMap<string, Question>): Condition {
  const entry = fields(given, at, ['all', 'any', 'question', 'is', 'atLeast', 'below']);
  const parts = (value: unknown, name: string): readonly Condition[] =>
    list(value, `${at}.${name}`).map((part, index) =>
      conditionOf(part, `${at}.${name}[${index}]`, questions),
    );
  if ('all' in entry) return { all: parts(entry['all'], 'all') };
  if ('any' in entry) return { any: parts(entry['any'], 'any') };
  const id = text(entry['question'], `${at}.question`);
  const question = questions.get(id);
  if (question === undefined) throw new RangeError(`${at}.question: there is no question ${id}`);
  if ('is' in entry) {
    const is = list(entry['is'], `${at}.is`).map((answer) => text(answer, `${at}.is`));
    const strange = is.find((answer) => question.kind === 'number' || !isAnswer(question, answer));
    if (strange !== undefined) throw new RangeError(`${at}.is: ${strange} is not an answer to ${id}`);
    return { question: id, is };
  }
  if (question.kind !== 'number') throw new RangeError(`${at}: ${id} is not answered with a number`);
  const { atLeast, below } = entry;
  if (atLeast === undefined && below === undefined) {
    throw new RangeError(`${at}: must say is, atLeast or below`);
  }
  return {
    question: id,
    ...(atLeast !== undefined && { atLeast: number(atLeast, `${at}.atLeast`) }),
    ...(below !== undefined && { below: number(below, `${at}.below`) }),
  };
}

function fields(given: unknown, at: string, known: readonly string[]): Fields {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new RangeError(`${at}: must be a mapping`);
  }
  const stray = Object.keys(given).find((name) => !known.includes(name));
  if (stray !== undefined) throw new RangeError(`${at}.${stray}: is not a field`);
  return given as Fields;
}

function list(given: unknown, at: string): readonly unknown[] {
  if (!Array.isArray(given)) throw new RangeError(`${at}: must be a list`);
  return given;
}

function text(given: unknown, at: string): string {
  if (typeof given === 'string' && given.trim() !== '') return given;
  throw new RangeError(`${at}: must be a text`);
}

function number(given: unknown, at: string): number {
  if (typeof given === 'number' && Number.isFinite(given) && given >= 0) return given;
  throw new RangeError(`${at}: must be a number of zero or more`);
}
