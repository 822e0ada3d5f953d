import { dayOf, type Instant } from '#libs/law/calendar';
import { isLicence } from '../core/kind.js';
import { type Terms } from '../core/terms.js';

/** Documents that are numbered by department: 受理, 不予受理, 准予, 不予许可. */
export const NUMBERED_DOCUMENTS = ['receipt', 'acceptance-refusal', 'approval', 'refusal'] as const;
export type NumberedDocument = (typeof NUMBERED_DOCUMENTS)[number];

/** Words of a number that say under which law a matter is handled. */
type MatterWords = { readonly licence: string; readonly other: string };

/**
 * How receipts, decisions and permits are numbered. In a form stand `{word}` for the department, `{kind}` for the kind of the matter,
 * `{year}`, `{month}` and `{day}` of the act in China, and `{number}`, or `{number:5}` with that many digits.
 */
export interface NumberRules {
  readonly documents: readonly { readonly document: NumberedDocument; readonly form: string }[];
  readonly kinds: MatterWords;
  readonly departments: readonly { readonly department: string; readonly word: string }[];
  /** The word of a department that has none of its own. */
  readonly otherDepartments: string;
  /** Permits with a number of their own; the others bear that of their decision. */
  readonly permits: readonly { readonly matter: string; readonly form: string }[];
}

export const NUMBER_RULES = Symbol('NumberRules');

/** What a number says in addition to counting. */
export type Numbered = {
  readonly department: string | null;
  readonly terms: Terms;
  readonly at: Instant;
};

const NUMBER = /\{number(?::([1-9]))?\}/;

/**
 * Everything of a number but the number: what has the same is counted together, so no two numbers are the same. Another year, another
 * department or another form is another series, which begins with 1.
 */
export function seriesOf(rules: NumberRules, form: string, { department, terms, at }: Numbered): string {
  const [year = '', month = '', day = ''] = dayOf(at).split('-');
  const word = rules.departments.find((one) => one.department === department)?.word ?? rules.otherDepartments;
  const kind = isLicence(terms) ? rules.kinds.licence : rules.kinds.other;
  const parts: Readonly<Record<string, string>> = { word, kind, year, month, day };
  return form.replace(/\{(word|kind|year|month|day)\}/g, (_, name: string) => parts[name] ?? '');
}

export const numberIn = (series: string, number: number): string =>
  series.replace(NUMBER, (_, digits?: string) => String(number).padStart(Number(digits ?? 1), '0'));

export const formOfDocument = ({ documents }: NumberRules, document: NumberedDocument): string => {
  const found = documents.find((one) => one.document === document);
  if (!found) throw new Error(`there is no form for the number of ${document}`);
  return found.form;
};

/** Whether a permit's number is of a form that the system counts itself, of any year and department. */
export function isCounted({ documents, permits }: NumberRules, number: string): boolean {
  return [...documents, ...permits].some(({ form }) => patternOf(form).test(number));
}

const PARTS: Readonly<Record<string, string>> = {
  word: '.+',
  kind: '.{1,4}',
  year: '\\d{4}',
  month: '\\d{2}',
  day: '\\d{2}',
};

function patternOf(form: string): RegExp {
  const pattern = form
    .split(/(\{[a-z]+(?::[1-9])?\})/)
    .map((part) => {
      const name = /^\{([a-z]+)/.exec(part)?.[1];
      if (name === undefined) return part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      return PARTS[name] ?? '\\d+';
    })
    .join('');
  return new RegExp(`^${pattern}$`);
}
