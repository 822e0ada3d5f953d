import { dayOfNumber, numberOfDay, type WorkingCalendar } from '#libs/law/calendar';
import { delegationsOn, type RosterState } from './roster.state.js';

/** Why no decision can be taken at the window: it is not staffed, or no person there has full authorisation (首席代表). */
type RosterGapCause = 'nobody-there' | 'nobody-authorised';

/** Working days that follow each other, on which a window has no person with full authorisation. Legal days, both inclusive. */
export type RosterGap = {
  readonly department: string;
  readonly window: string;
  readonly from: string;
  readonly to: string;
  readonly workingDays: number;
  /** True when one of the days lies past the known calendar: it may yet become a holiday. */
  readonly provisional: boolean;
  readonly cause: RosterGapCause;
  /** Who is there on these days, by name. */
  readonly people: readonly string[];
};

/** Whether a person holds a post in the department on a legal day, with an open account. */
export type InOffice = (person: string, day: string) => boolean;

type Span = { readonly from: string; readonly to: string };

/** The gaps of one department's windows in a span, by window and day. */
export function gapsOf(
  department: string,
  roster: RosterState,
  { from, to }: Span,
  { calendar, inOffice }: { readonly calendar: WorkingCalendar; readonly inOffice: InOffice },
): readonly RosterGap[] {
  return windowsOf(roster).flatMap((window) => {
    const gaps: RosterGap[] = [];
    let runs = false;
    for (let number = numberOfDay(from); number <= numberOfDay(to); number++) {
      const day = dayOfNumber(number);
      const { working, provisional } = calendar.kindOf(day);
      if (!working) continue;
      const gap = gapOn(roster, window, day, inOffice);
      const last = gaps.at(-1);
      if (gap === null) runs = false;
      else if (runs && last?.people.join() === gap.people.join()) {
        gaps[gaps.length - 1] = {
          ...last,
          to: day,
          workingDays: last.workingDays + 1,
          provisional: last.provisional || provisional,
        };
      } else {
        gaps.push({ department, window, from: day, to: day, workingDays: 1, provisional, ...gap });
        runs = true;
      }
    }
    return gaps;
  });
}

/** Every window there ever was, by name. */
export function windowsOf({ posts }: RosterState): readonly string[] {
  return [...new Set(posts.map(({ window }) => window))].sort();
}

/** Who is at a window on a legal day, by name. */
export function peopleAt(
  { posts }: RosterState,
  window: string,
  day: string,
  inOffice: InOffice,
): readonly string[] {
  return posts
    .filter(
      (each) => each.window === window && each.from <= day && (each.until === null || day <= each.until),
    )
    .map(({ person }) => person)
    .filter((person) => inOffice(person, day))
    .sort();
}

/** A window exists from the first day a person is posted to it until it is closed. */
export function isThere({ posts, closed }: RosterState, window: string, day: string): boolean {
  const gone = closed.find((each) => each.window === window);
  return posts.some((each) => each.window === window && each.from <= day) && !(gone && gone.from <= day);
}

function gapOn(
  roster: RosterState,
  window: string,
  day: string,
  inOffice: InOffice,
): Pick<RosterGap, 'cause' | 'people'> | null {
  if (!isThere(roster, window, day)) return null;
  const people = peopleAt(roster, window, day, inOffice);
  if (people.some((person) => delegationsOn(roster, person, day).some(({ scope }) => scope.full)))
    return null;
  return { cause: people.length === 0 ? 'nobody-there' : 'nobody-authorised', people };
}
