import { type DaySpan, endOfDay, numberOfDay, startOfDay } from '#libs/calendar';
import { invalid } from '#libs/nest';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

/** Both days or neither; @throws InvalidInput for a day that does not exist. */
export function spanOf(from: string | undefined, to: string | undefined): DaySpan | null {
  if (from === undefined && to === undefined) return null;
  if (from === undefined) throw invalid('from', 'is required with to', '须与 to 一并填写');
  if (to === undefined) throw invalid('to', 'is required with from', '须与 from 一并填写');
  return { from: existingDay('from', from), to: existingDay('to', to) };
}

const DAYS_AT_MOST = 366;

/** Both days or neither; @throws InvalidInput when the span ends before it begins, or is longer than a year. */
export function comparableSpan(from: string | undefined, to: string | undefined): DaySpan | null {
  const span = spanOf(from, to);
  if (span === null) return null;
  const days = numberOfDay(span.to) - numberOfDay(span.from) + 1;
  if (days < 1) throw invalid('to', 'must not lie before from', '不得早于 from');
  if (days > DAYS_AT_MOST) {
    throw invalid(
      'to',
      `must lie within ${DAYS_AT_MOST} days of from`,
      `距 from 不得超过 ${DAYS_AT_MOST} 日`,
    );
  }
  return span;
}

/** An instant with a zone, or a legal day: its first instant for `from`, its last for `to` and `asOf`. ISO in UTC with milliseconds. */
export function instantOf(field: 'from' | 'to' | 'asOf', value: string): string {
  if (DAY.test(value)) {
    const day = existingDay(field, value);
    return field === 'from' ? startOfDay(day) : new Date(Date.parse(endOfDay(day)) - 1).toISOString();
  }
  const milliseconds = INSTANT.test(value) ? Date.parse(value) : NaN;
  if (Number.isNaN(milliseconds)) {
    throw invalid(
      field,
      'must be a day or an ISO 8601 instant with a zone',
      '须为日期，或带时区的 ISO 8601 时间',
    );
  }
  return new Date(milliseconds).toISOString();
}

function existingDay(field: string, value: string): string {
  try {
    numberOfDay(value);
    return value;
  } catch (error) {
    if (error instanceof RangeError) throw invalid(field, 'is not a day of the calendar', '不是有效日期');
    throw error;
  }
}
