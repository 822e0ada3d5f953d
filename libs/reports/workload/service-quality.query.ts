import { type Counts, serviceTally } from '#libs/county/approval';
import { type DaySpan, monthsOf } from '#libs/law/calendar';
import { by, type ReadModels } from '#libs/engine/event-sourcing';
import { plusDays } from '../answers/day-counters.js';
import { pageAfter } from '../answers/ordered-page.js';
import { linesOf, type LinesQuery } from './work-lines.query.js';

/** How one department, window (a post) or person served applicants in a span. Rates from 0 to 1; null = nothing to rate. */
export type ServiceItem = {
  readonly department: string;
  readonly post: string | null;
  readonly person: string | null;
  /** Ratings (好差评) of its acts, and their mean from 1 to 5; null also when they are too few to be shown. */
  readonly rated: number;
  readonly meanStars: number | null;
  /** Applications whose materials it was the first to answer. */
  readonly examined: number;
  /** Of these, accepted without a notice (一次受理). */
  readonly firstPassRate: number | null;
  /** Of these, answered with a notice of what is missing (补正). */
  readonly supplementRate: number | null;
};

export type ServiceQuery = LinesQuery & {
  readonly span: DaySpan;
  /** True: a mean of few ratings is not shown, since it would reveal who gave them, or about whom. */
  readonly hidesFew: boolean;
  readonly limit: number;
  readonly cursor: string | null;
};

/** With fewer ratings a mean says little, and reveals too much about those who gave them. */
const RATINGS_AT_LEAST = 5;

/** The model it rests on, for `asOf`. */
export const SERVICE_MODELS = [serviceTally] as const;

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

export function serviceFigures(counts: Counts, hidesFew: boolean) {
  const count = (counter: string) => counts[counter] ?? 0;
  const rated = count('rated');
  const examined = count('examined');
  return {
    rated,
    meanStars: hidesFew && rated < RATINGS_AT_LEAST ? null : ratio(count('stars'), rated),
    examined,
    firstPassRate: ratio(count('firstPass'), examined),
    supplementRate: ratio(count('noticed'), examined),
  };
}

type Whose = Pick<ServiceItem, 'department' | 'post' | 'person'>;

/** A department's id has no slash, so that no two lines share a key. */
const keyOf = ({ department, post, person }: Whose) => [department, post ?? person ?? ''].join('/');

/** 好差评 and 一次受理率, in order of names: a few small documents a line, whatever the number of applications. */
export async function serviceQuality(
  models: ReadModels,
  query: ServiceQuery,
): Promise<{ readonly items: readonly ServiceItem[]; readonly nextCursor: string | null }> {
  const sums = new Map<string, Whose & { readonly counts: Counts }>();
  for (const part of monthsOf(query.span)) {
    for (const line of await linesOf(models, serviceTally, query, part.month)) {
      const { department, post, person } = line;
      const counts = plusDays(sums.get(keyOf(line))?.counts ?? {}, line.counts, part);
      sums.set(keyOf(line), { department, post, person, counts });
    }
  }
  const items = [...sums]
    .sort(by(([key]) => key))
    .map(([, { counts, ...whose }]): ServiceItem => ({ ...whose, ...serviceFigures(counts, query.hidesFew) }))
    .filter(({ rated, examined }) => rated + examined > 0);
  return pageAfter(items, keyOf, query);
}
