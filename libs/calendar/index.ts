export * from './chinese-calendar.js';
export * from './clock-explanation.js';
export * from './day.js';
export * from './due-dates.js';
export * from './office-hours.js';
export * from './statutory-clock.js';
export * from './time-limit.js';
export * from './working-calendar.js';
