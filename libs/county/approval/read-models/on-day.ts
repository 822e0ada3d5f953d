/** Name under which the document of a month keeps a counter of one legal day (YYYY-MM-DD): `events@07`. */
export const onDay = (counter: string, day: string): string => `${counter}@${day.slice(8)}`;
