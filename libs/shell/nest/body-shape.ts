import { invalid } from './http-problem.js';

/** Levels of the deepest body, and values (fields and elements, inner ones too) of the largest, that any command takes. */
const MOST_LEVELS = 32;
const MOST_VALUES = 20_000;

const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACKET = 0x5d;
const CLOSING_BRACE = 0x7d;

/**
 * Looks at the outline of a JSON text before it is parsed: to parse a megabyte of tiny values holds the thread for longer
 * than any body may. Text that is not JSON is for the parser to refuse.
 * @throws InvalidInput naming the field, where there are too many values or levels
 */
export function checkShape(text: string): void {
  let depth = 0;
  let values = 0;
  /** Where the string that was read last at the outermost level begins and ends: the name of the field in hand. */
  let field: readonly [start: number, end: number] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) {
      const end = endOfString(text, at);
      if (depth === 1) field = [at + 1, end];
      at = end;
    } else if (unit === OPENING_BRACKET || unit === OPENING_BRACE) {
      values++;
      if (++depth > MOST_LEVELS) throw invalid(text.slice(...field), 'is nested too deeply', '嵌套过深');
    } else if (unit === CLOSING_BRACKET || unit === CLOSING_BRACE) depth--;
    else if (unit === COMMA && ++values > MOST_VALUES) {
      throw invalid(
        depth > 1 ? text.slice(...field) : '',
        `must not hold more than ${MOST_VALUES} values`,
        `所含的值不得超过 ${MOST_VALUES} 个`,
      );
    }
  }
}

/** Index of the closing quote, or of the last character if there is none. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit === BACKSLASH) at++;
    else if (unit === QUOTE) return at;
  }
  return text.length - 1;
}
