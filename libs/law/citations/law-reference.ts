import { numberIn } from './chinese-numbers.js';
import { type Law, type LawCatalogue } from './law-catalogue.js';

/** A place in a law: 行政许可法第三十二条第一款第四项. */
export interface LawReference {
  /** Code of the law. */
  readonly law: string;
  readonly article: number;
  /** 款; null if none is named. */
  readonly paragraph: number | null;
  /** 项; null if none is named. `Art. 32(4)` does not say whether it means a paragraph or an item: it is kept here. */
  readonly item: number | null;
}

/** Why a text is not a reference to a law. */
export type ReferenceFault =
  /** No article is named, or something stands there that cannot be read. */
  | { readonly code: 'law.no-article'; readonly text: string }
  /** An article of no law. */
  | { readonly code: 'law.unnamed'; readonly text: string }
  /** The catalogue of laws has none of this name. */
  | { readonly code: 'law.unknown'; readonly law: string }
  /** The law ends before this article. */
  | {
      readonly code: 'law.article-beyond';
      readonly law: string;
      readonly article: number;
      readonly articles: number;
    };

export type ReadReferences =
  | { readonly references: readonly LawReference[]; readonly fault: null }
  | { readonly references: null; readonly fault: ReferenceFault };

const NUMBER = '[零〇一二两三四五六七八九十百\\d]{1,7}';
/** 第三十八条之一第二款第(三)项, the number of the article in the first group. */
const CHINESE = `第(${NUMBER})条(?:之${NUMBER})?(?:第(${NUMBER})款)?(?:第\\(?(${NUMBER})\\)?项)?`;
/** Art. 38 para. 2 item 3, Art. 32(1)(4), Art. 32(4), Article 9. */
const ENGLISH =
  '(?:articles?|arts?\\.?)\\s*(\\d{1,4})(?:\\s*\\((\\d{1,3})\\)(?:\\s*\\((\\d{1,3})\\))?)?(?:,?\\s*para(?:graph|\\.)?\\s*(\\d{1,3}))?(?:,?\\s*item\\s*(\\d{1,3}))?';
/** The next article of the same law, without its word: Art. 9, 11. */
const NEXT = '(\\d{1,4})(?:\\s*\\((\\d{1,3})\\))?(?:,?\\s*para(?:graph|\\.)?\\s*(\\d{1,3}))?';
const AND = '\\s*(?:[,;、和及与]|以及|and|&)\\s*';

const FIRST_ARTICLE = new RegExp(`第${NUMBER}条|(?:\\barticles?|\\barts?\\.?)\\s*\\d|#\\s*\\d`, 'iu');
const ONE = new RegExp(`^(?:${CHINESE}|${ENGLISH})`, 'iu');
const FOLLOWING = new RegExp(`^${NEXT}`, 'iu');
const SEPARATOR = new RegExp(`^${AND}`, 'iu');
/** The words that officials put around a citation. */
const BEFORE = /^(?:依据|根据|按照|依照|违反|不符合)\s*/u;
const AFTER = /^(?:的规定|之规定|规定)?[.。]?$/u;

/**
 * Reads one reference, or several in a row, in the forms in which they are written: 《行政许可法》第三十八条第二款,
 * 行政许可法 Art. 38 para. 2, 城乡规划法 Art. 37, 38, administrative-licensing#38; or says what is wrong with it.
 */
export function readReferences(catalogue: LawCatalogue, text: string): ReadReferences {
  let rest = text.normalize('NFKC').trim().replace(BEFORE, '');
  const references: LawReference[] = [];
  let law: Law | null = null;
  while (rest !== '') {
    const at = FIRST_ARTICLE.exec(rest);
    if (at === null) return wrong({ code: 'law.no-article', text });
    const name = rest.slice(0, at.index).trim();
    if (name !== '') {
      law = catalogue.find(name);
      if (law === null) return wrong({ code: 'law.unknown', law: name });
    }
    if (law === null) return wrong({ code: 'law.unnamed', text });
    const read = readArticles(rest.slice(at.index).replace(/^#\s*/u, 'Art. '), law);
    if (read === null) return wrong({ code: 'law.no-article', text });
    references.push(...read.references);
    rest = read.rest;
  }
  if (references.length === 0) return wrong({ code: 'law.no-article', text });
  return checked(catalogue, references);
}

/** Codes of the laws that a text cites, as bases are written: `城乡规划法 Art. 37, 38; 土地管理法 未核实`. */
export function lawsCited(catalogue: LawCatalogue, text: string): readonly string[] {
  return text.split(/[;；]/u).flatMap((one) => {
    const name = one.normalize('NFKC').trim().replace(BEFORE, '').split(FIRST_ARTICLE)[0] ?? '';
    const law = catalogue.find(name) ?? catalogue.find(name.replace(/\s*(?:未核实|\[\?\])$/u, ''));
    return law === null ? [] : [law.code];
  });
}

/** The articles of a law that is named with them: `Art. 9, 11`, 第三十八条. */
export function readArticlesOf(catalogue: LawCatalogue, name: string, articles: string): ReadReferences {
  const law = catalogue.find(name);
  if (law === null) return wrong({ code: 'law.unknown', law: name });
  const read = readArticles(articles.normalize('NFKC').trim(), law);
  if (read === null || read.rest !== '') return wrong({ code: 'law.no-article', text: articles });
  return checked(catalogue, read.references);
}

/** Articles of one law as far as they go; what comes after them begins with the name of another law. Null: unreadable. */
function readArticles(
  text: string,
  { code }: Law,
): { readonly references: readonly LawReference[]; readonly rest: string } | null {
  const references: LawReference[] = [];
  let rest = text;
  for (;;) {
    const one = ONE.exec(rest);
    const next = one ?? (references.length > 0 ? FOLLOWING.exec(rest) : null);
    if (next === null) return null;
    references.push(one === null ? placeOf(code, next, [1, 3, 2]) : chineseOrEnglish(code, one));
    rest = rest.slice(next[0].length);
    if (AFTER.test(rest.trim())) return { references, rest: '' };
    const separator = SEPARATOR.exec(rest);
    if (separator === null) return null;
    rest = rest.slice(separator[0].length);
    if (!ONE.test(rest) && !FOLLOWING.test(rest)) return rest === '' ? null : { references, rest };
  }
}

function chineseOrEnglish(law: string, found: RegExpExecArray): LawReference {
  if (found[1] !== undefined) return placeOf(law, found, [1, 2, 3]);
  if (found[6] !== undefined) return placeOf(law, found, [4, 5, 6]);
  return { ...placeOf(law, found, [4, 7, 8]), ...(found[8] === undefined && { item: numberIn(found[5]) }) };
}

type Groups = readonly [article: number, paragraph: number, item: number];

function placeOf(law: string, found: RegExpExecArray, [article, paragraph, item]: Groups): LawReference {
  return {
    law,
    article: numberIn(found[article]) ?? 0,
    paragraph: numberIn(found[paragraph]),
    item: numberIn(found[item]),
  };
}

function checked(catalogue: LawCatalogue, references: readonly LawReference[]): ReadReferences {
  for (const { law: code, article } of references) {
    const law = catalogue.find(code);
    const articles = law?.articles ?? Number.MAX_SAFE_INTEGER;
    if (law !== null && (article < 1 || article > articles)) {
      return wrong({ code: 'law.article-beyond', law: law.title, article, articles });
    }
  }
  return { references, fault: null };
}

function wrong(fault: ReferenceFault): ReadReferences {
  return { references: null, fault };
}
