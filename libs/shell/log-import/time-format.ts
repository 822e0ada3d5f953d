import { DateTime } from 'luxon';

/** Names of formats that no pattern can say. */
const NUMBERS: { readonly [name: string]: ((value: number) => LocalTime) | undefined } = {
  // Days since 1899-12-30, the way Excel counts them; by the clocks of the place.
  excel: (days) => ({ local: Math.round((days - 25_569) * 86_400) * 1000 }),
  // The same with the first day of 1904, as old files from the Mac have it.
  excel1904: (days) => ({ local: Math.round((days - 24_107) * 86_400) * 1000 }),
  unix: (seconds) => ({ instant: Math.trunc(seconds * 1000) }),
  'unix-ms': (milliseconds) => ({ instant: Math.trunc(milliseconds) }),
};

/** `iso`: what needs no format. */
export const ISO = 'iso';

/** What a mapping may say, for messages. */
export const TIME_FORMATS =
  'iso, excel, excel1904, unix, unix-ms, or patterns such as yyyy/M/d H:mm (tokens of Luxon)';

/** A time: an instant, or what the clocks of some zone show, both in milliseconds as if it were UTC. */
export type LocalTime = { readonly instant: number } | { readonly local: number };

/** Whether a text can be a format: one of the names, or a pattern in which a year can be read. */
export function isTimeFormat(format: string): boolean {
  if (format === ISO || NUMBERS[format] !== undefined) return true;
  return DateTime.fromFormatExplain('2024', format).regex !== undefined && /y|D|f/i.test(format);
}

/** The time that a text says in a format; null when it does not. */
export function timeIn(format: string, text: string): LocalTime | null {
  const number = NUMBERS[format];
  if (number) return /^-?\d+(\.\d+)?$/.test(text) ? number(Number(text)) : null;
  const hasZone = /Z/.test(format.replaceAll(/'[^']*'/g, ''));
  const time = DateTime.fromFormat(text, format, { zone: 'utc', locale: 'en-US' });
  if (!time.isValid) return null;
  return hasZone ? { instant: time.toMillis() } : { local: time.toMillis() };
}
