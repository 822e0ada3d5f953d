/** Names of counters by day, made once: every event of a day adds to the same few. */
const names = new Map<string, string[]>();

/** Name under which the document of a month keeps a counter of one legal day (YYYY-MM-DD): `events@07`. */
export function onDay(counter: string, day: string): string {
  let ofCounter = names.get(counter);
  if (!ofCounter) names.set(counter, (ofCounter = []));
  const dayOfMonth = Number(day.slice(8));
  return (ofCounter[dayOfMonth] ??= `${counter}@${day.slice(8)}`);
}
