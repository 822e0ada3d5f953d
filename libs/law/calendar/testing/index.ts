export { calendars, instants, officeHours } from './calendar.arbitraries.js';
