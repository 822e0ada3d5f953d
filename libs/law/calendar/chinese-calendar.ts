import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { type Day, isDay } from './day.js';
import { FIXED_HOLIDAYS_VERSION, fixedHolidaysOutside, isFixedHoliday } from './fixed-holidays.js';
import { type SpecialDay, WorkingCalendar } from './working-calendar.js';

/** One day that differs from the library's table, e.g. a local closure ordered by the county. */
type DayOverride = {
  readonly day: Day;
  readonly working: boolean;
  readonly name: string;
  /** The notice that orders it, by number or address. */
  readonly notice: string;
};

/**
 * What an office adds to the library's table, e.g. next year's notice before the library has it:
 *
 * ```yaml
 * version: '2026.2'
 * knownUntil: 2027-12-31
 * days:
 *   - { day: 2027-01-01, working: false, name: 元旦, notice: 国办发明电〔2026〕1号 }
 * ```
 */
export type CalendarOverrides = {
  /** Names the state of the file, and becomes part of the calendar's version: letters, digits, dots and dashes. */
  readonly version?: string;
  /** Last day for which the overrides complete the table. Default: what the library knows. */
  readonly knownUntil?: Day;
  readonly days?: readonly DayOverride[];
};

type LibraryTable = {
  readonly version: string;
  readonly knownFrom: Day;
  readonly knownUntil: Day;
  readonly days: readonly SpecialDay[];
};

const load: (path: string) => unknown = createRequire(import.meta.url);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `{"2025-10-01": "National Day,国庆节,3"}`: names in English and Chinese, and the days the State Council grants. */
function specialDays(entries: unknown, working: boolean): SpecialDay[] {
  if (!isRecord(entries)) throw new TypeError('chinese-days: its table has another shape');
  return Object.entries(entries).map(([day, names]) => {
    const name = typeof names === 'string' ? names.split(',')[1] : undefined;
    if (name === undefined) throw new TypeError(`chinese-days: ${day} has no Chinese name`);
    return { day, working, name };
  });
}

let loaded: LibraryTable | null = null;

/**
 * The table of `chinese-days`. Its functions are not used: they parse a day in UTC and print it in the zone of the machine, so
 * west of Greenwich every holiday moves by a day. The table itself is the same everywhere.
 */
function libraryTable(): LibraryTable {
  if (loaded !== null) return loaded;
  const table = load('chinese-days/dist/chinese-days.json');
  const manifest = load('chinese-days/package.json');
  if (!isRecord(table) || !isRecord(manifest) || typeof manifest['version'] !== 'string') {
    throw new TypeError('chinese-days: its table has another shape');
  }
  const days = [...specialDays(table['holidays'], false), ...specialDays(table['workdays'], true)];
  // A year is known once its notice is in, and every notice has New Year's Day.
  const years = days.flatMap(({ day, working }) =>
    !working && day.endsWith('-01-01') ? [day.slice(0, 4)] : [],
  );
  years.sort();
  const [first, last] = [years.at(0), years.at(-1)];
  if (first === undefined || last === undefined) throw new TypeError('chinese-days: its table is empty');
  const [knownFrom, knownUntil] = [`${first}-01-01`, `${last}-12-31`];
  const fixed = fixedHolidaysOutside(knownFrom, knownUntil).map((day) => ({ ...day, working: false }));
  loaded = {
    version: `chinese-days@${manifest['version']}+${FIXED_HOLIDAYS_VERSION}`,
    knownFrom,
    knownUntil,
    days: [...fixed, ...days],
  };
  return loaded;
}

function dayAt(value: unknown, where: string): Day {
  if (typeof value !== 'string') throw new RangeError(`${where}: a day as text, YYYY-MM-DD, is needed`);
  if (!isDay(value)) throw new RangeError(`${where}: ${value} is not a day`);
  return value;
}

function onlyKeys(value: Record<string, unknown>, keys: readonly string[], where: string): void {
  const unknown = Object.keys(value).find((key) => !keys.includes(key));
  if (unknown !== undefined) throw new RangeError(`${where}: unknown field ${unknown}`);
}

function overrideAt(value: unknown, where: string): DayOverride {
  if (!isRecord(value)) throw new RangeError(`${where}: a mapping is needed`);
  onlyKeys(value, ['day', 'working', 'name', 'notice'], where);
  const { working, name, notice } = value;
  const day = dayAt(value['day'], `${where}.day`);
  if (typeof working !== 'boolean') throw new RangeError(`${where}.working: true or false is needed`);
  if (working && isFixedHoliday(day)) {
    throw new RangeError(
      `${where}.working: ${day} is a day off for everybody (全国年节及纪念日放假办法 Art. 2); no notice makes it a working day`,
    );
  }
  if (typeof name !== 'string' || name === '') throw new RangeError(`${where}.name: text is needed`);
  if (typeof notice !== 'string' || notice === '') throw new RangeError(`${where}.notice: text is needed`);
  return { day, working, name, notice };
}

/** The version that a file states, the prefix of the version of its content; empty if it states none. */
function labelOf(version: unknown): string {
  if (version === undefined) return '';
  if (typeof version !== 'string' || !/^[A-Za-z0-9.-]{1,40}$/.test(version)) {
    throw new RangeError('version: 1 to 40 letters, digits, dots or dashes are needed, as text');
  }
  return `${version}.`;
}

/**
 * China's calendar: the holidays and make-up days of `chinese-days`, the fixed holidays of all other years, and overrides on top.
 *
 * @param overrides plain data as read from a file; see {@link CalendarOverrides}. `null` and `{}` change nothing.
 * @throws RangeError naming the field that is wrong.
 */
export function calendarFrom(overrides: unknown = null): WorkingCalendar {
  const library = libraryTable();
  if (overrides === null) return new WorkingCalendar(library);
  if (!isRecord(overrides)) throw new RangeError('overrides: a mapping is needed');
  onlyKeys(overrides, ['version', 'knownUntil', 'days'], 'overrides');
  const label = labelOf(overrides['version']);
  const list = overrides['days'] ?? [];
  if (!Array.isArray(list)) throw new RangeError('days: a list is needed');
  const days = list.map((value: unknown, index) => overrideAt(value, `days[${index}]`));
  const seen = new Set<Day>();
  for (const { day } of days) {
    if (seen.has(day)) throw new RangeError(`days: ${day} is given twice`);
    seen.add(day);
  }
  const knownUntil =
    overrides['knownUntil'] === undefined ? library.knownUntil : dayAt(overrides['knownUntil'], 'knownUntil');
  if (label === '' && days.length === 0 && knownUntil === library.knownUntil)
    return new WorkingCalendar(library);
  // The content is the version: a table that was edited cannot keep the name of the old one.
  const digest = createHash('sha256')
    .update(JSON.stringify([knownUntil, days]))
    .digest('hex')
    .slice(0, 12);
  return new WorkingCalendar({
    version: `${library.version}+${label}${digest}`,
    knownFrom: library.knownFrom,
    knownUntil,
    days: [...library.days, ...days],
  });
}
