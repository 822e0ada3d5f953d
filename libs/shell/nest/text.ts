import { type Reason } from './validation.messages.js';

/** What a text may be. Every text of every command and query goes through `readText`. */
export interface TextRule {
  /** Characters at most: code points, as a reader counts them, not UTF-16 units. */
  readonly max: number;
  /** True when it may contain line breaks and tabs. */
  readonly lines: boolean;
  /** True where a blank one is read as '': a rule of the domain then says which article asks for it. */
  readonly blank: boolean;
}

export type ReadText =
  { readonly text: string; readonly fault: null } | { readonly text: null; readonly fault: Reason };

/**
 * Marks in a row: more than any writing needs, and fewer than the 30 of UAX #15 (Stream-Safe Text Format). More serve to
 * hide a text, and to compose them takes time that grows with the square of their number.
 */
const MARKS_IN_A_ROW = 10;

/** What shows nothing: white space, format characters, fillers, the Braille blank, annotation signs. */
const NOTHING = '\\p{White_Space}\\p{Default_Ignorable_Code_Point}\\u2800\\ufff9-\\ufffb';
const VISIBLE = new RegExp(`[^${NOTHING}\\p{Mark}\\p{Cc}]`, 'v');
/** Not the marks among them: a variation selector belongs to the character before it. */
const BLANK = `[[${NOTHING}]--\\p{Mark}]`;
const BLANKS_AT_START = new RegExp(`^${BLANK}+`, 'v');
const ONE_BLANK = new RegExp(`^${BLANK}$`, 'v');
const MARKS = /\p{Mark}+/gu;
const HALF_PAIR = /\p{Surrogate}/u;
/** Line breaks as other systems write them. */
const LINE_BREAK = /\r\n|[\u2028\u2029]/g;
const NO_CHARACTER = '\\p{Cc}\\p{Noncharacter_Code_Point}';
const CONTROL = new RegExp(`[[${NO_CHARACTER}]--[\\t\\n]]`, 'v');
const CONTROL_OR_LINE = new RegExp(`[${NO_CHARACTER}\\u2028\\u2029]`, 'v');
/** Embeddings, overrides and isolates show a text in another order than it is stored in; tags show nothing at all. */
const DISGUISE = /[\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u;

/**
 * A text as it is stored: without blanks at its ends, in Unicode's composed form (NFC), with something to see in it; or
 * what is wrong with it. Its size is looked at before its content, and no step takes longer than its length.
 */
export function readText(given: string, { max: most, lines, blank }: TextRule): ReadText {
  const tooLong = fault(`must be shorter than or equal to ${most} characters`, `最长 ${most} 个字符`);
  // A character has one UTF-16 unit or two, and composing takes one away at most now and then: what is far over is
  // refused unread. The rest of the room is for blanks at the ends.
  if (given.length > 4 * most + 100) return tooLong;
  if (HALF_PAIR.test(given)) {
    return fault('must not contain half a surrogate pair', '不得含有不成对的代理字符');
  }
  const written = lines ? given.replace(LINE_BREAK, '\n') : given;
  const trimmed = trim(written);
  if (!VISIBLE.test(trimmed)) {
    // A control character among blanks is reported as a control character.
    if (CONTROL.test(written)) return fault(...CONTROLS);
    return blank ? { text: '', fault: null } : fault('should not be empty', '不能为空');
  }
  if ((lines ? CONTROL : CONTROL_OR_LINE).test(trimmed)) return fault(...CONTROLS);
  if (DISGUISE.test(trimmed)) {
    return fault(
      'must not contain characters that change the order of the text',
      '不得含有改变文字方向的字符',
    );
  }
  if (hasTooManyMarks(trimmed)) {
    return fault(
      `must not contain more than ${MARKS_IN_A_ROW} combining marks in a row`,
      `不得连续出现超过 ${MARKS_IN_A_ROW} 个组合符号`,
    );
  }
  const text = trimmed.normalize('NFC');
  return charactersOf(text) > most ? tooLong : { text, fault: null };
}

const CONTROLS = ['must not contain control characters', '不得含有控制字符'] as const;

function fault(reason: string, reasonZh: string): ReadText & { readonly text: null } {
  return { text: null, fault: { reason, reasonZh } };
}

/** An expression for blanks at the end would begin anew at every blank inside: the end is looked for by hand. */
function trim(text: string): string {
  const begun = text.replace(BLANKS_AT_START, '');
  let end = begun.length;
  while (end > 0) {
    const isPair = end > 1 && (begun.codePointAt(end - 2) ?? 0) > 0xffff;
    const start = isPair ? end - 2 : end - 1;
    if (!ONE_BLANK.test(begun.slice(start, end))) break;
    end = start;
  }
  return begun.slice(0, end);
}

/** Each run of marks is matched once, whatever its length. */
function hasTooManyMarks(text: string): boolean {
  for (const [run] of text.matchAll(MARKS)) if (charactersOf(run) > MARKS_IN_A_ROW) return true;
  return false;
}

function charactersOf(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
