import { type CalendarTable, WorkingCalendar } from '#libs/law/calendar';
import { type SupervisionSettings, type Tables } from '#libs/county/supervision';

/**
 * The tables of the read models as a thread is given them. It does not read them itself: what checks the files brings Nest
 * and class-validator with it, which would take some 30 MB in each thread.
 */
export type SentTables = { readonly calendar: CalendarTable; readonly settings: SupervisionSettings };

export const sentTables = ({ calendar, settings }: Tables): SentTables => ({
  calendar: calendar.table,
  settings,
});

export const tablesReceived = ({ calendar, settings }: SentTables): Tables => ({
  calendar: new WorkingCalendar(calendar),
  settings,
});
