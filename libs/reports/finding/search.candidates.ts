import { by, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { gramFor, plainNumber, plainText } from './searched-text.js';
import {
  type NamedEntry,
  type NamedKind,
  type NumberEntry,
  type NumberKind,
  reversed,
  type SearchEntry,
  searchEntries,
} from './search.projection.js';

/** Kinds of things that are found. */
export const SEARCH_KINDS = ['application', 'project', 'applicant', 'matter', 'person'] as const;
/** What is found. */
export type SearchKind = (typeof SEARCH_KINDS)[number];

/** By a name or id as written, by its pinyin, by a number. An application may be found by the name of its project. */
export type Matched = 'text' | 'pinyin' | NumberKind;

/** What may be an answer: whether it may be seen is not asked yet. */
export type Candidate = {
  readonly kind: SearchKind;
  readonly id: string;
  readonly name: string | null;
  readonly matched: Matched;
  readonly number: string | null;
  /** The lower the better: 0 the whole of it, 1 it begins so, 2 it holds or ends with it; 3 more for pinyin. */
  readonly rank: number;
};

/** Entries read for one kind, whatever the size of the county; the index is read no further. */
const MOST_ENTRIES = 1_000;
const A_READ = 200;
/** Numbers with one beginning, or one end. */
const MOST_NUMBERS = 200;
/** Shorter ends of numbers say nothing. */
const SHORTEST_END = 3;
/** Sorts after every character. */
const LAST_CHARACTER = '\u{10ffff}';

const NAMED_KINDS: readonly NamedKind[] = ['project', 'applicant', 'matter', 'person'];

/** What is found for a text: nothing for one without letters and digits. All of its words must be found. */
export async function candidatesOf(models: ReadModels, q: string): Promise<readonly Candidate[]> {
  const words = q
    .split(/\s+/u)
    .map(plainText)
    .filter((word) => word !== '');
  const whole = words.join('');
  if (whole === '') return [];
  const found = await Promise.all([
    ...NAMED_KINDS.map((kind) => namedCandidates(models, kind, words)),
    numberCandidates(models, plainNumber(whole)),
  ]);
  return found.flat();
}

async function namedCandidates(
  models: ReadModels,
  kind: NamedKind,
  words: readonly string[],
): Promise<readonly Candidate[]> {
  const [longest = ''] = [...words].sort(by((word) => -word.length));
  const candidates: Candidate[] = [];
  let cursor: string | null = null;
  for (let read = 0; read < MOST_ENTRIES; read += A_READ) {
    const page: Page<SearchEntry> = await models.find(searchEntries, {
      index: 'grams',
      equals: { of: kind, grams: gramFor(longest) },
      limit: A_READ,
      cursor,
    });
    for (const entry of page.items) {
      if (entry.of === 'number') continue;
      const rank = rankOf(entry, words);
      if (rank === null) continue;
      const { thing: id, name } = entry;
      candidates.push({ kind, id, name, matched: rank < PINYIN ? 'text' : 'pinyin', number: null, rank });
    }
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return candidates;
}

const PINYIN = 3;

/** The worst of the words' ranks; null if one of them is not found. */
function rankOf(entry: NamedEntry, words: readonly string[]): number | null {
  const written = writtenForms(entry);
  const ranks = words.map((word) => {
    const [text, pinyin] = [written, entry.forms].map((forms) => bestOf(forms, word));
    return text ?? (pinyin === undefined || pinyin === null ? null : PINYIN + pinyin);
  });
  return ranks.reduce((worst, one) => (worst === null || one === null ? null : Math.max(worst, one)));
}

const writtenForms = ({ thing, name, nameEn }: NamedEntry): readonly string[] =>
  [thing, name, nameEn].flatMap((text) => (text === null ? [] : [plainText(text)]));

function bestOf(forms: readonly string[], word: string): number | null {
  const ranks = forms.flatMap((form) =>
    form === word ? [0] : form.startsWith(word) ? [1] : word.length > 1 && form.includes(word) ? [2] : [],
  );
  return ranks.length === 0 ? null : Math.min(...ranks);
}

async function numberCandidates(models: ReadModels, plain: string): Promise<readonly Candidate[]> {
  if (plain === '') return [];
  const turned = reversed(plain);
  const [beginning, end] = await Promise.all([
    numbersFrom(models, 'beginning', plain),
    [...plain].length < SHORTEST_END ? [] : numbersFrom(models, 'end', turned),
  ]);
  const ranked = [
    ...beginning.filter((entry) => entry.plain.startsWith(plain)).map((entry) => [entry, 1] as const),
    ...end.filter((entry) => entry.reversed.startsWith(turned)).map((entry) => [entry, 2] as const),
  ];
  return ranked.map(([{ number, text, thing, plain: own }, rank]) => ({
    kind: number === 'project' || number === 'project-code' ? 'project' : 'application',
    id: thing,
    name: null,
    matched: number,
    number: text,
    rank: own === plain ? 0 : rank,
  }));
}

async function numbersFrom(
  models: ReadModels,
  index: 'beginning' | 'end',
  text: string,
): Promise<readonly NumberEntry[]> {
  const { items } = await models.find(searchEntries, {
    index,
    range: { gte: text, lt: text + LAST_CHARACTER },
    limit: MOST_NUMBERS,
  });
  return items.flatMap((entry) => (entry.of === 'number' ? [entry] : []));
}
