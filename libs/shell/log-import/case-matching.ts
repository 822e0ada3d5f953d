import { type ReadEvent } from '#libs/county/approval';
import { type TranslatedCommand } from './case-translator.js';

/** Which row of the file is which event on record. */
export type Matching = {
  readonly pairs: readonly (readonly [row: TranslatedCommand, event: ReadEvent])[];
  /** Rows that are not on record. */
  readonly fresh: readonly TranslatedCommand[];
  /** Events on record whose row the file does not have. */
  readonly missing: readonly ReadEvent[];
};

/**
 * Finds the rows of a case among its events: by their ids; else by what they say. Where a row without an id says
 * something new, and an event has no row any more, the two are taken for one row that was changed, and never for a
 * second one: the same activity first, then the same instant, in order of time.
 *
 * @param increment the file holds only what is new: then a row that says something new is a new row
 */
export function matchRows(
  log: string,
  rows: readonly TranslatedCommand[],
  events: readonly ReadEvent[],
  increment: boolean,
): Matching {
  const matcher = new Matcher(log, rows, events);
  matcher.pair(
    () => true,
    ({ key }) => key,
    idOf(log),
  );
  matcher.pair(
    () => true,
    sayingOf,
    (event) => saying(activityOf(log, event), event.occurredAt),
  );
  if (!increment) {
    matcher.pair(
      isWithoutId,
      ({ activity }) => activity,
      (event) => activityOf(log, event),
    );
    matcher.pair(isWithoutId, atOf, ({ occurredAt }) => occurredAt);
  }
  return matcher.matching();
}

type Row = TranslatedCommand;
type Key<Item> = (item: Item) => string | null;

class Matcher {
  private readonly found = new Map<Row, ReadEvent>();
  private events: readonly ReadEvent[];

  constructor(
    private readonly log: string,
    private readonly rows: readonly Row[],
    events: readonly ReadEvent[],
  ) {
    this.events = [...events].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
  }

  /** Pairs what is left on both sides and has the same key, in order. Rows and events with ids of their own are apart. */
  pair(
    may: (row: Row, event: ReadEvent, log: string) => boolean,
    ofRow: Key<Row>,
    ofEvent: Key<ReadEvent>,
  ): void {
    const waiting = new Map<string, ReadEvent[]>();
    for (const event of this.events) {
      const key = ofEvent(event);
      if (key === null) continue;
      const others = waiting.get(key);
      if (others) others.push(event);
      else waiting.set(key, [event]);
    }
    const taken = new Set<ReadEvent>();
    for (const row of this.rows) {
      const key = ofRow(row);
      if (key === null || this.found.has(row)) continue;
      const candidates = waiting.get(key);
      const event = candidates?.find((one) => may(row, one, this.log));
      if (event === undefined) continue;
      candidates?.splice(candidates.indexOf(event), 1);
      this.found.set(row, event);
      taken.add(event);
    }
    this.events = this.events.filter((event) => !taken.has(event));
  }

  matching(): Matching {
    const pairs: (readonly [Row, ReadEvent])[] = [];
    const fresh: Row[] = [];
    for (const row of this.rows) {
      const event = this.found.get(row);
      if (event) pairs.push([row, event]);
      else fresh.push(row);
    }
    return { pairs, fresh, missing: this.events };
  }
}

const prefixOf = (log: string): string => `import/${log}/`;

/** The row's part of the id of the command that an event came from. */
const idOf =
  (log: string) =>
  ({ commandId }: ReadEvent): string =>
    commandId.slice(prefixOf(log).length);

const saying = (activity: string | null, at: string): string | null =>
  activity === null ? null : `${activity}@${at}`;

const atOf = ({ command }: Row): string => command.meta.occurredAt;

const sayingOf = (row: Row): string | null => saying(row.activity, atOf(row));

/** True where either of the two has no id of its own. */
const isWithoutId = (row: Row, event: ReadEvent, log: string): boolean =>
  !row.hasId || activityInId(idOf(log)(event)) !== null;

/** The activity that an event was recorded for; null if its id does not say it and it is not a step. */
function activityOf(log: string, event: ReadEvent): string | null {
  const { step } = event.data;
  return event.type === 'StepRecorded' && typeof step === 'string' ? step : activityInId(idOf(log)(event));
}

/** The id of a row without one of its own is made of case, activity and time. */
const activityInId = (id: string): string | null =>
  /^[^/]+\/(.*)@\d{4}-\d\d-\d\dT[\d:.]+Z(?:#\d+)?$/s.exec(id)?.[1] ?? null;
