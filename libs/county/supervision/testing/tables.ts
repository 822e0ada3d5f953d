import { calendarOf } from '#libs/law/calendar';
import { type Tables } from '../case-timers.js';
import { supervisionSettings } from '../supervision-settings.js';

/** Weekends only, and a ladder and limits that a test computes by hand. */
export const tables: Tables = {
  calendar: calendarOf({ version: 'weekends' }),
  settings: supervisionSettings(
    {
      version: 'test',
      ladder: [
        { level: 'department-head', afterWorkingDays: 0 },
        { level: 'supervision', afterWorkingDays: 3 },
        { level: 'deputy-county-head', afterWorkingDays: 3 },
        { level: 'leading-group', afterWorkingDays: 5 },
      ],
    },
    {
      version: 'test',
      steps: [
        { step: 'acceptance', workingDays: 3 },
        { step: 'assignment', workingDays: 1 },
        { step: 'review', workingDays: 3 },
        { step: 'review', department: 'water', workingDays: 2 },
        { step: 'delivery', workingDays: 5 },
      ],
    },
    {
      version: 'test',
      renewalNoticeDays: 45,
      noticeWorkingDays: 15,
      useWithin: [{ matter: 'SG-05', months: 3, article: '建筑法 Art. 9' }],
    },
  ),
};
