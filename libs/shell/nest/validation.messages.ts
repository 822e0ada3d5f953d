/** What is wrong with a field, in both languages. */
export interface Reason {
  readonly reason: string;
  readonly reasonZh: string;
}

/** Messages of failed checks; {n} is the check's number, {list} its values, {pattern} its expression. */
const REASONS: { readonly [check: string]: readonly [en: string, zh: string] } = {
  isString: ['must be a string', '必须是字符串'],
  isText: ['must be a string', '必须是字符串'],
  isNotEmpty: ['should not be empty', '不能为空'],
  isDefined: ['is required', '必须填写'],
  isArray: ['must be an array', '必须是数组'],
  arrayNotEmpty: ['should not be empty', '至少要有一项'],
  arrayMaxSize: ['must contain no more than {n} elements', '最多 {n} 项'],
  arrayMinSize: ['must contain at least {n} elements', '至少 {n} 项'],
  isDistinct: ['must not contain duplicates', '各项不得重复'],
  maxLength: ['must be shorter than or equal to {n} characters', '最长 {n} 个字符'],
  minLength: ['must be longer than or equal to {n} characters', '至少 {n} 个字符'],
  isIn: ['must be one of the following values: {list}', '必须是下列之一：{list}'],
  isInt: ['must be an integer number', '必须是整数'],
  isNumber: ['must be a number conforming to the specified constraints', '必须是数字'],
  isBoolean: ['must be a boolean value', '必须是 true 或 false'],
  min: ['must not be less than {n}', '不得小于 {n}'],
  max: ['must not be greater than {n}', '不得大于 {n}'],
  isInstant: [
    'must be an ISO 8601 instant with a zone, from 1900-01-01 to 2199-12-31',
    '须为 1900-01-01 至 2199-12-31 之间带时区的 ISO 8601 时间',
  ],
  isLegalDay: [
    'must be a day of the calendar, YYYY-MM-DD, from 1900-01-01 to 2199-12-31',
    '须为 1900-01-01 至 2199-12-31 之间的有效日期（YYYY-MM-DD）',
  ],
  matches: ['must match {pattern} regular expression', '格式不符'],
  nestedValidation: ['must be an object', '必须是对象'],
};

const FALLBACK = ['is not valid', '不符合要求'] as const;

/** The message of a failed check; `message` is the English text given to the decorator, or null. */
export function reasonOf(check: string, [first]: readonly unknown[], message: string | null = null): Reason {
  const [reason, reasonZh] = REASONS[check] ?? FALLBACK;
  const filled = (text: string) =>
    text
      .replace('{n}', String(first))
      .replace('{list}', Array.isArray(first) ? first.join(', ') : '')
      .replace('{pattern}', String(first));
  return { reason: message ?? filled(reason), reasonZh: filled(reasonZh) };
}

export const REQUIRED: Reason = { reason: 'is required', reasonZh: '必须填写' };
export const UNKNOWN_FIELD: Reason = {
  reason: 'is not a field of this command',
  reasonZh: '提交了无法识别的字段',
};
