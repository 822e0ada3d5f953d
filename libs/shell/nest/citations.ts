import { type JsonObject, RuleViolation } from '#libs/engine/event-sourcing';
import {
  faultInText,
  type LawCatalogue,
  readArticlesOf,
  readReferences,
  type ReferenceFault,
  tellsRemedies,
} from '#libs/law/citations';
import { FieldMarks, type MarkedField } from './marked-fields.js';

/** How a field cites law. */
export type Citation =
  /** Law and article in one text. */
  | 'reference'
  /**
   * The article, of the law in the field `law` next to it. If `verified` next to it is false, the article may be unverified
   * (未核实).
   */
  | 'article-of-law'
  /** What a material rests on: a reference, or a rule named without an article. */
  | 'basis'
  /** A text that may cite articles, 《…》第…条. */
  | 'in-text'
  /** How a decision can be contested. */
  | 'remedies';

const marks = new FieldMarks<Citation>();

/**
 * Says how a field cites law. A caller's command is refused where what it cites is not in the catalogue of laws. Commands
 * that are not a caller's, of an import, cite what was cited.
 */
export const Cites = (citation: Citation): PropertyDecorator => marks.put(citation);

/** How a property of a class cites law; null where it does not. */
export function citationOf(target: new () => object, property: string): Citation | null {
  return marks.of(target, property);
}

/** True where a class or one nested in it has a field that cites law. */
export function hasCitations(target: new () => object): boolean {
  return marks.anyIn(target);
}

/** The refusal of the first field that cites what is not there; null when all of them are good. */
export function citationFault(
  catalogue: LawCatalogue,
  target: new () => object,
  command: object,
): RuleViolation | null {
  for (const field of marks.in(target, command)) {
    const found = faultOf(catalogue, field);
    if (found !== null) return found;
  }
  return null;
}

function faultOf(catalogue: LawCatalogue, marked: MarkedField<Citation>): RuleViolation | null {
  const { mark, field, value } = marked;
  // That nothing is written is for the rule that asks for it.
  if (value.trim() === '') return null;
  switch (mark) {
    case 'reference':
      return refusal(field, readReferences(catalogue, value).fault);
    case 'article-of-law':
      return articleOfLaw(catalogue, marked);
    case 'basis':
      return NAME_OF_RULE.test(value) ? null : refusal(field, readReferences(catalogue, value).fault);
    case 'in-text':
      return refusal(field, faultInText(catalogue, value));
    case 'remedies':
      return tellsRemedies(value)
        ? null
        : new RuleViolation('law.no-remedies', { field }, 'input', '行政许可法 Art. 38');
  }
}

/** The name of a rule that has not been checked yet. */
const NAME_OF_RULE =
  /^[^第#]{2,}(?:法|条例|规定|办法|细则|决定|意见|通知|规则|规程|规范|标准|方案)(?:[（(][^（）()]*[）)])?$/u;
/** Written in place of an article whose text has not been verified yet. */
const UNREAD: readonly string[] = ['未核实', '[?]'];

function articleOfLaw(
  catalogue: LawCatalogue,
  { field, value, beside }: MarkedField<Citation>,
): RuleViolation | null {
  const law = typeof beside['law'] === 'string' ? beside['law'] : '';
  if (law.trim() === '') return null;
  const isUnverified = beside['verified'] === false;
  const { fault } = readArticlesOf(catalogue, law, value);
  if (fault === null) return null;
  if (isUnverified && UNREAD.includes(value.trim()) && fault.code === 'law.no-article') return null;
  if (isUnverified && NAME_OF_RULE.test(law) && fault.code === 'law.unknown') return null;
  return refusal(fault.code === 'law.unknown' ? field.replace(/article$/, 'law') : field, fault);
}

function refusal(field: string, fault: ReferenceFault | null): RuleViolation | null {
  if (fault === null) return null;
  const { code, ...told } = fault;
  const params: JsonObject = { field, ...told };
  return new RuleViolation(code, params, 'input');
}
