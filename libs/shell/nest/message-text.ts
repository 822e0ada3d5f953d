import { ID } from '#libs/engine/event-sourcing';
import { chineseDateOf, englishTime, isInstant } from '#libs/law/calendar';
import { chineseField, CHINESE_TERMS, ENGLISH_TERMS } from './message-terms.js';

/** What a message is filled with. Machines read these; people read what is printed of them here. */
export type Params = { readonly [name: string]: unknown };

/** Chinese names of departments, matters and templates by their ids. */
export type NameTable = ReadonlyMap<string, string>;
export const NO_NAMES: NameTable = new Map();

/** Parameters that name departments; people read the name alone. */
const DEPARTMENTS = [
  'department',
  'actorDepartment',
  'departments',
  'lead',
  'other',
  'registrar',
  'successor',
];
/** Parameters that name matters or templates; people read the name with the code. */
const CODED = ['matter', 'matters', 'missing', 'path', 'prerequisite', 'code', 'template'];
/** Parameters that list several values in one text. */
const LISTS = ['departments', 'matters', 'missing', 'skipped', 'events', 'roles', 'issues', 'path'];
/** Parameters whose text is quoted as it was written, also if it looks like a date. */
const QUOTED = ['text', 'session', 'bulletin', 'catalogue', 'report', 'plan', 'pledge', 'task', 'dispute'];

const SEPARATOR = /、|, | -> /;
/** An item of a list with something in brackets: LX-06 (tour-1-LX-06). */
const BRACKETED = /^(\S+) \((\S+)\)$/;
/** A limit: 5 working-day from acceptance. */
const LIMIT = /^(\d+) (working|calendar)-day from (acceptance|receipt)$/;

/** Ids in the parameters for which people read names. */
export function idsToName(params: Params): {
  readonly departments: readonly string[];
  readonly coded: readonly string[];
} {
  const ids = (names: readonly string[]) =>
    names.flatMap((name) => {
      const value = params[name];
      if (typeof value !== 'string') return [];
      return valuesOf(name, value)
        .map((one) => BRACKETED.exec(one)?.[1] ?? one)
        .filter((one) => ID.test(one));
    });
  return { departments: ids(DEPARTMENTS), coded: ids(CODED) };
}

/** A message in Chinese: names for ids, dates as officials write them. A parameter that is missing stays visible. */
export function chineseText(text: string, params: Params, names: NameTable = NO_NAMES): string {
  return fill(text, params, (name, value) => {
    const printed = valuesOf(name, value).map((one) => chineseValue(name, one, names));
    return printed.join(name === 'path' ? '→' : '、');
  });
}

/** A message in English: ids as they are, times in Beijing time. */
export function englishText(text: string, params: Params): string {
  return fill(text, params, englishValue);
}

function chineseValue(name: string, value: string, names: NameTable): string {
  if (name === 'field') return chineseField(value);
  const term = termOf(CHINESE_TERMS, name, value);
  if (term !== undefined) return term;
  if (DEPARTMENTS.includes(name)) return names.get(value) ?? value;
  if (CODED.includes(name)) return codedName(value, names);
  const [, days, unit, start] = LIMIT.exec(value) ?? [];
  if (days !== undefined) {
    return `自${start === 'receipt' ? '收到申请' : '受理'}之日起 ${days} ${unit === 'working' ? '个工作日' : '日'}`;
  }
  return (QUOTED.includes(name) ? null : chineseDateOf(value)) ?? value;
}

/** 建设用地规划许可证核发（LX-07）; with an application in brackets the name and the application. */
function codedName(value: string, names: NameTable): string {
  const [, code = value, application] = BRACKETED.exec(value) ?? [];
  const name = names.get(code);
  if (name === undefined) return value;
  return `${name}（${application ?? code}）`;
}

function englishValue(name: string, value: string): string {
  const term = termOf(ENGLISH_TERMS, name, value);
  if (term !== undefined) return term;
  const [, days, unit, start] = LIMIT.exec(value) ?? [];
  if (days !== undefined) return `${days} ${unit} ${days === '1' ? 'day' : 'days'} from ${start}`;
  // Names of materials, in `missing`, may have this comma within them.
  if (LISTS.includes(name) && name !== 'missing') return value.replaceAll('、', ', ');
  return isInstant(value) && !QUOTED.includes(name) ? englishTime(value) : value;
}

function termOf(
  terms: { readonly [parameter: string]: { readonly [value: string]: string } },
  name: string,
  value: string,
): string | undefined {
  const words = Object.hasOwn(terms, name) ? terms[name] : undefined;
  return words !== undefined && Object.hasOwn(words, value) ? words[value] : undefined;
}

function valuesOf(name: string, value: string): readonly string[] {
  return LISTS.includes(name) ? value.split(SEPARATOR) : [value];
}

function fill(text: string, params: Params, print: (name: string, value: string) => string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'string' ? print(name, value) : JSON.stringify(value);
  });
}

/** Looks up what departments, matters and templates are called. Made by libs/shell/system. */
export abstract class NameDirectory {
  /** The names that are known; an id without one is left out. Never fails: a message without names is still a message. */
  abstract of(ids: ReturnType<typeof idsToName>): Promise<NameTable>;
}
