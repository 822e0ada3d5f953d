import { type Day, DAY_MS, type Instant, isDay, lastDayOf, millisecondsOf, OFFSET_MS } from './day.js';

/** An instant as this system writes it: UTC with milliseconds. */
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Whether a text is an instant as this system writes it. */
export function isInstant(text: string): boolean {
  return INSTANT.test(text) && !Number.isNaN(Date.parse(text));
}

/** 2026年12月3日. */
function chineseDay(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${year}年${month}月${date}日`;
}

/** 2026年12月3日15时30分, in Beijing time. Midnight ends a day and does not begin the next: 12月3日24时, see `endOfDay`. */
function chineseTime(instant: Instant): string {
  const { day, hour, minute, second } = beijingTime(instant);
  const seconds = second > 0 ? `${second}秒` : '';
  return `${chineseDay(day)}${hour}时${minute > 0 || second > 0 ? `${minute}分` : ''}${seconds}`;
}

/** 2026-12-03 15:30 (Beijing time); midnight is 24:00 of the day that ends. */
export function englishTime(instant: Instant): string {
  const { day, hour, minute, second } = beijingTime(instant);
  const digits = [hour, minute, ...(second > 0 ? [second] : [])];
  return `${day} ${digits.map((part) => `${part}`.padStart(2, '0')).join(':')} (Beijing time)`;
}

function beijingTime(instant: Instant) {
  const ofDay = Math.floor(((millisecondsOf(instant) + OFFSET_MS) % DAY_MS) / 1000);
  const day = lastDayOf(instant);
  if (millisecondsOf(instant) % DAY_MS === DAY_MS - OFFSET_MS) return { day, hour: 24, minute: 0, second: 0 };
  return {
    day,
    hour: Math.floor(ofDay / 3600),
    minute: Math.floor(ofDay / 60) % 60,
    second: ofDay % 60,
  };
}

/** A day or an instant in Chinese; null for any other text, and for a day that does not exist. */
export function chineseDateOf(text: string): string | null {
  if (isInstant(text)) return chineseTime(text);
  return isDay(text) ? chineseDay(text) : null;
}
