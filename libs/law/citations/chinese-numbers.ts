const DIGITS = '零一二三四五六七八九';
const digit = (number: number): string => DIGITS.charAt(number);

/** Of 1 to 9999, as officials count articles: 三十二, 一百零三, 一千二百六十. */
export function chineseNumber(number: number): string {
  const places: readonly [size: number, sign: string][] = [
    [1000, '千'],
    [100, '百'],
    [10, '十'],
  ];
  let rest = number;
  let text = '';
  let skipped = false;
  for (const [size, sign] of places) {
    const count = Math.floor(rest / size);
    rest %= size;
    if (count === 0) {
      skipped = text !== '';
      continue;
    }
    // Ten alone is 十, not 一十.
    text += `${skipped ? '零' : ''}${size === 10 && count === 1 && text === '' ? '' : digit(count)}${sign}`;
    skipped = false;
  }
  return rest === 0 ? text : `${text}${skipped ? '零' : ''}${digit(rest)}`;
}

/** 一百零三, 十二, 38. Null where there is nothing. */
export function numberIn(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (/^\d+$/.test(text)) return Number(text);
  let sum = 0;
  let digit: number | null = null;
  for (const sign of text.replaceAll('〇', '零').replaceAll('两', '二')) {
    if (sign === '十' || sign === '百') {
      sum += (digit ?? 1) * (sign === '十' ? 10 : 100);
      digit = null;
    } else digit = /\d/.test(sign) ? Number(sign) : DIGITS.indexOf(sign);
  }
  return sum + (digit ?? 0);
}
