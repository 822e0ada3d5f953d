import { ESCALATION_LEVELS } from '#libs/county/approval';
import { calendarFrom } from '#libs/law/calendar';
import { supervisionSettings, type Tables } from '#libs/county/supervision';

/** What read models rest on in these tests: China's calendar, a short ladder, and a limit for each step. */
export const tables: Tables = {
  calendar: calendarFrom(),
  settings: supervisionSettings(
    {
      version: 'test',
      ladder: ESCALATION_LEVELS.map((level) => ({
        level,
        afterWorkingDays: 1,
      })),
    },
    { version: 'test', steps: [{ step: 'review', workingDays: 3 }] },
    { version: 'test', renewalNoticeDays: 45, noticeWorkingDays: 15, useWithin: [] },
  ),
};
