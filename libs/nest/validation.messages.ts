/** What a failed check says. The numbers in class-validator's English text are kept in the Chinese one. */
const CHINESE: { readonly [check: string]: string } = {
  isString: '必须是字符串',
  isNotEmpty: '不能为空',
  isDefined: '必须填写',
  isArray: '必须是数组',
  arrayNotEmpty: '至少要有一项',
  arrayMaxSize: '最多 {n} 项',
  arrayMinSize: '至少 {n} 项',
  arrayUnique: '各项不得重复',
  maxLength: '最长 {n} 个字符',
  minLength: '至少 {n} 个字符',
  isIn: '必须是下列之一：{list}',
  isEnum: '必须是下列之一：{list}',
  isInt: '必须是整数',
  isNumber: '必须是数字',
  isBoolean: '必须是 true 或 false',
  isBooleanString: '必须是 true 或 false',
  min: '不得小于 {n}',
  max: '不得大于 {n}',
  matches: '格式不符',
  isObject: '必须是对象',
  isISO8601: '必须是 ISO 8601 日期',
  isDateString: '必须是 ISO 8601 日期',
  nestedValidation: '必须是对象',
};

/** class-validator's text without the field's name in front, and the same in Chinese. */
export function reasonOf(
  check: string,
  text: string,
  property: string,
  value: unknown,
): { readonly reason: string; readonly reasonZh: string } {
  if (value === undefined) return { reason: 'is required', reasonZh: '必须填写' };
  const reason = text.startsWith(`${property} `) ? text.slice(property.length + 1) : text;
  const list = reason.split('following values: ')[1] ?? '';
  const zh = (CHINESE[check] ?? '不符合要求')
    .replace('{n}', /\d+/.exec(reason)?.[0] ?? '')
    .replace('{list}', list);
  return { reason, reasonZh: zh };
}
