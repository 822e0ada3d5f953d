/** One law or rule that references may name. */
export interface Law {
  /** Short name in references: `administrative-licensing#38`. */
  readonly code: string;
  readonly title: string;
  readonly aliases: readonly string[];
  /** Number of its last article; null = the text has not been read, and any number passes. */
  readonly articles: number | null;
  /** The text that was read; null = none was. */
  readonly source: string | null;
  /** True where `articles` was compared with that text. */
  readonly verified: boolean;
}

const STATE = '中华人民共和国';

/** How names are compared: width of characters, brackets of titles, blanks and case do not distinguish two laws. */
function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s《》〈〉]/gu, '')
    .toLowerCase();
}

/** The laws that a county knows, by every name under which they are cited. */
export class LawCatalogue {
  private readonly byName = new Map<string, Law>();

  /** @throws RangeError when a name belongs to two laws. */
  constructor(readonly laws: readonly Law[]) {
    for (const law of laws) {
      for (const name of namesOf(law)) {
        const other = this.byName.get(name);
        if (other !== undefined && other !== law) {
          throw new RangeError(`laws: "${name}" names both ${other.code} and ${law.code}`);
        }
        this.byName.set(name, law);
      }
    }
  }

  /** By code, title or alias. Brackets after a title (the year, the number of the order) are optional. */
  find(name: string): Law | null {
    const plain = plainName(name);
    return this.byName.get(plain) ?? this.byName.get(plain.replace(/\([^()]*\)$/u, '')) ?? null;
  }
}

function namesOf({ code, title, aliases }: Law): ReadonlySet<string> {
  const short = title.startsWith(STATE) ? [title.slice(STATE.length)] : [];
  return new Set([code, title, ...short, ...aliases].map(plainName));
}

/**
 * The catalogue that files hold, as YAML gives them. An entry takes the place of one with its code in a file before it.
 * @throws RangeError naming the entry and the field
 */
export function lawCatalogue(...files: readonly unknown[]): LawCatalogue {
  const byCode = new Map<string, Law>();
  for (const file of files) for (const law of lawsOf(file)) byCode.set(law.code, law);
  return new LawCatalogue([...byCode.values()]);
}

function lawsOf(file: unknown): readonly Law[] {
  const laws = isRecord(file) ? file['laws'] : undefined;
  if (!Array.isArray(laws)) throw new RangeError('laws: must be a list');
  const codes = new Set<string>();
  return laws.map((entry: unknown, index) => {
    const law = lawOf(entry, `laws[${index}]`);
    if (codes.has(law.code)) throw new RangeError(`laws[${index}].code: ${law.code} is listed twice`);
    codes.add(law.code);
    return law;
  });
}

const FIELDS: readonly string[] = ['code', 'title', 'aliases', 'articles', 'source', 'verified'];

function lawOf(entry: unknown, at: string): Law {
  const fail = (field: string, problem: string): never => {
    throw new RangeError(`${at}.${field}: ${problem}`);
  };
  if (!isRecord(entry)) throw new RangeError(`${at}: must be a mapping`);
  const stray = Object.keys(entry).find((name) => !FIELDS.includes(name));
  if (stray !== undefined) fail(stray, 'is not a field of a law');
  const { code, title, aliases = [], articles, source, verified } = entry;
  if (typeof code !== 'string' || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(code)) {
    return fail('code', 'must be lower-case words joined by hyphens');
  }
  if (typeof title !== 'string' || title.trim() === '') return fail('title', 'must be the full title');
  if (
    !Array.isArray(aliases) ||
    !aliases.every((alias) => typeof alias === 'string' && alias.trim() !== '')
  ) {
    return fail('aliases', 'must be a list of names');
  }
  if (articles !== null && !(typeof articles === 'number' && Number.isInteger(articles) && articles > 0)) {
    return fail('articles', 'must be the number of the last article, or null');
  }
  if (source !== null && typeof source !== 'string') return fail('source', 'must be a text, or null');
  if (typeof verified !== 'boolean') return fail('verified', 'must be true or false');
  if (verified && (articles === null || source === null)) {
    return fail('verified', 'needs the number of articles and the text that it was read in');
  }
  return { code, title, aliases: aliases as readonly string[], articles, source, verified };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
