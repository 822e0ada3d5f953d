import { chineseNumber } from './chinese-numbers.js';
import { type LawCatalogue } from './law-catalogue.js';
import { type LawReference, readReferences } from './law-reference.js';

/**
 * Articles that list items in one of their paragraphs, by the code of their law: the number of that paragraph, or null where
 * the article is one paragraph, which officials leave out. `Art. 32(4)` is item 4 of such a list; of any other article
 * the number in brackets is a paragraph.
 */
const LISTS: { readonly [law: string]: { readonly [article: number]: number | null } } = {
  'administrative-licensing': { 12: null, 32: 1, 69: 1, 70: null, 72: null },
  construction: { 8: 1 },
  'government-inspection': { 12: null },
};

/** 《行政许可法》第三十二条第一款第四项. A text that is not a reference stays as it is. */
export function chineseReference(catalogue: LawCatalogue, text: string): string {
  const { references } = readReferences(catalogue, text);
  if (references === null) return text;
  return references
    .map((reference, index) => {
      const isSameLaw = references[index - 1]?.law === reference.law;
      return `${isSameLaw ? '' : titleOf(catalogue, reference.law)}${placeOf(reference)}`;
    })
    .join('、');
}

/** 行政许可法 Art. 32(1)(4): the paragraph before the item. A text that is not a reference stays as it is. */
export function englishReference(catalogue: LawCatalogue, text: string): string {
  const { references } = readReferences(catalogue, text);
  if (references === null) return text;
  return text.replace(
    /(Art\. ?)(\d+)\((\d+)\)(?!\()/gu,
    (whole, art: string, article: string, number: string) => {
      const law = references.find((reference) => reference.article === Number(article))?.law ?? '';
      const paragraph = listOf(law, Number(article));
      return typeof paragraph === 'number' ? `${art}${article}(${paragraph})(${number})` : whole;
    },
  );
}

/** The paragraph that lists items; null where it is the only one; undefined where no list is known. */
function listOf(law: string, article: number): number | null | undefined {
  return LISTS[law]?.[article];
}

function titleOf(catalogue: LawCatalogue, code: string): string {
  return `《${(catalogue.find(code)?.title ?? code).replace(/^中华人民共和国/u, '')}》`;
}

function placeOf({ law, article, paragraph, item }: LawReference): string {
  const list = listOf(law, article);
  // One number in brackets is read as an item: of an article without a list it is a paragraph.
  const isParagraph = paragraph === null && item !== null && list === undefined;
  const inParagraph = isParagraph ? item : (paragraph ?? (item === null ? null : (list ?? null)));
  return [
    `第${chineseNumber(article)}条`,
    inParagraph === null ? '' : `第${chineseNumber(inParagraph)}款`,
    item === null || isParagraph ? '' : `第${chineseNumber(item)}项`,
  ].join('');
}
