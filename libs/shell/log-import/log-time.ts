import { DAY_MS } from '#libs/law/calendar';
import { ISO, type LocalTime, timeIn } from './time-format.js';

const PATTERN =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;

/** Earlier than the first computer file: a time before it is a default value that someone forgot, such as 1900-01-01. */
const FIRST_YEAR = 1950;
const LAST_YEAR = 2200;

/** Why a text is not a time. */
export class InvalidTime extends Error {
  override readonly name = 'InvalidTime';
}

/**
 * Reads a time as logs write it (`2011-10-11 13:45:40.276000+02:00`, ISO 8601 with T or a blank, a date alone) into
 * an ISO instant in UTC. Finer parts than a millisecond are cut off, not rounded, so that no time moves forward.
 * `zone` is for times without an offset: an IANA name or `+08:00`.
 * @throws InvalidTime
 */
export function parseLogTime(
  text: string,
  zone: string,
  { formats = [ISO], doubledHour = 'first', onDoubled }: TimeOptions = {},
): string {
  for (const format of formats) {
    const time = format === ISO ? null : timeIn(format, text.trim());
    if (time === null && (format !== ISO || !PATTERN.test(text.trim()))) continue;
    const instant = time === null ? isoInstant(text, zone, doubledHour, onDoubled) : instantOf(time);
    return checkedYear(text, instant);
  }
  if (formats.length === 1 && formats[0] === ISO) return checkedYear(text, isoInstant(text, zone));
  throw new InvalidTime(`"${text}" is no time in any of the formats ${formats.join(', ')}`);

  function instantOf(time: LocalTime): number {
    return 'instant' in time ? time.instant : instantIn(zone, time.local, text, doubledHour, onDoubled);
  }
}

export type TimeOptions = {
  /** Default: `iso` alone. */
  readonly formats?: readonly string[];
  /** Which of the two a time is that the clocks of the zone show twice. Default the first. */
  readonly doubledHour?: 'first' | 'second';
  /** Called where a time is shown twice. */
  readonly onDoubled?: () => void;
};

function checkedYear(text: string, instant: number): string {
  const year = new Date(instant).getUTCFullYear();
  if (!(year >= FIRST_YEAR - 1 && year <= LAST_YEAR + 1))
    throw new InvalidTime(`"${text}": the year ${year} cannot be meant`);
  return new Date(instant).toISOString();
}

function isoInstant(
  text: string,
  zone: string,
  doubledHour: 'first' | 'second' = 'first',
  onDoubled?: () => void,
): number {
  const match = PATTERN.exec(text.trim());
  if (!match)
    throw new InvalidTime(`"${text}" is no time (expected for example 2011-10-11 13:45:40.276+02:00)`);
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] = match;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
    Number(fraction.padEnd(3, '0').slice(0, 3)),
  );
  // Date.UTC rolls 31 February over into March; a log that says so is wrong.
  const written = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  if (!new Date(local).toISOString().startsWith(written))
    throw new InvalidTime(`"${text}": there is no such day or time`);
  if (Number(year) < FIRST_YEAR || Number(year) > LAST_YEAR)
    throw new InvalidTime(`"${text}": the year ${year} cannot be meant`);
  return offset === undefined
    ? instantIn(zone, local, text, doubledHour, onDoubled)
    : local - offsetOf(offset) * 60_000;
}

/** True when `zone` can be given to `parseLogTime`. */
export function isZone(zone: string): boolean {
  if (/^[+-]\d{2}:\d{2}$/.test(zone)) return true;
  try {
    formatOf(zone);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** Minutes east of Greenwich. */
function offsetOf(text: string): number {
  if (text === 'Z' || text === 'z') return 0;
  const minutes = Number(text.slice(1, 3)) * 60 + Number(text.slice(3).replace(':', '') || '0');
  if (minutes > 18 * 60) throw new InvalidTime(`"${text}" is no offset from UTC`);
  return text.startsWith('-') ? -minutes : minutes;
}

/**
 * The instant at which clocks in a zone show this local time. Where they show it twice (the hour put back in autumn)
 * the mapping says which; where they never show it (put forward in spring) there is none.
 */
function instantIn(
  zone: string,
  local: number,
  text: string,
  doubledHour: 'first' | 'second',
  onDoubled?: () => void,
): number {
  if (/^[+-]/.test(zone)) return local - offsetOf(zone) * 60_000;
  const candidates = [
    shownIn(zone, local - DAY_MS) - (local - DAY_MS),
    shownIn(zone, local + DAY_MS) - (local + DAY_MS),
  ]
    .map((offset) => local - offset)
    .sort((a, b) => a - b);
  const shown = new Set(candidates.filter((instant) => shownIn(zone, instant) === local));
  if (shown.size > 1) onDoubled?.();
  const found = [...shown].at(doubledHour === 'first' ? 0 : -1);
  if (found === undefined) throw new InvalidTime(`"${text}" was skipped by the clocks of ${zone}`);
  return found;
}

/** What clocks in a zone show at an instant, as if it were UTC. */
function shownIn(zone: string, instant: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
  const milliseconds = ((instant % 1000) + 1000) % 1000;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) +
    milliseconds
  );
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}
