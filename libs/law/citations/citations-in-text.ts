import { type LawCatalogue } from './law-catalogue.js';
import { readReferences, type ReferenceFault } from './law-reference.js';

const CITATION = /《[^《》]{1,100}》\s*第[零〇一二两三四五六七八九十百\d]{1,7}条/gu;

/** The first bad citation of an article (《…》第…条) within a longer text; null if all are good. */
export function faultInText(catalogue: LawCatalogue, text: string): ReferenceFault | null {
  for (const [citation] of text.matchAll(CITATION)) {
    const { fault } = readReferences(catalogue, citation);
    if (fault !== null) return fault;
  }
  return null;
}
