export { documentsOf, foldAll } from './fold.js';
export { applicant, calendar, head, History, LICENCE, windowClerk } from './history.js';
export { histories } from './random-history.js';
export { type Reports, ReportsBench } from './reports.js';
export { tables } from './tables.js';
