import { type Counts, handlingTimes, opinions as opinionModel } from '#libs/county/approval';
import { type DaySpan, monthsOf } from '#libs/law/calendar';
import { EVERYWHERE } from '#libs/law/catalogue';
import { allDocuments, type ReadModels } from '#libs/engine/event-sourcing';
import { plusDays } from '../answers/day-counters.js';
import { type EndedCounts, type OnTime, onTimeRate } from '../answers/on-time-rate.js';
import { pageAfter } from '../answers/ordered-page.js';
import { workload, WORKLOAD_MODELS } from './workload.query.js';

/** What became of the opinions a department was asked for in a span: the parts sum to `asked`. */
export type OpinionsGiven = {
  readonly asked: number;
  readonly inTime: number;
  readonly late: number;
  /** The deadline passed without an answer, and none came later. */
  readonly silent: number;
  /** The application ended before an answer was due. */
  readonly lapsed: number;
  /** Not answered, and not due yet. */
  readonly awaited: number;
  /** Of those answered or silent; null while there is none. */
  readonly inTimeRate: number | null;
  /** Office minutes from the question to the answer, median: exact where they are few, see handling-time.ts. */
  readonly medianWorkingMinutes: number | null;
};

/** A department, by how it handles its own applications and answers the others. */
type CoHandlingItem = OpinionsGiven & {
  readonly department: string;
  /** Applications that ended in its hands in the span, those with a promised term. */
  readonly own: EndedCounts & OnTime;
  /** 0 to 100, see {@link scoreOf}; null where there is nothing to rate. */
  readonly score: number | null;
  /** 1 is the best; equal scores share a rank. */
  readonly rank: number | null;
};

/**
 * How departments are scored, version by version: 各司其职 (its own applications in time) weighs 70 of 100, 部门协同 (opinions given
 * to others) 30. A late opinion is worth half of one in time, silence nothing. Where a department has only one of the two, that one
 * is the score.
 */
export const CO_HANDLING_SCORE = {
  version: 'co-handling/1',
  formula:
    'score = 70 × onTime / (onTime + late) of own cases + 30 × (inTime + 0.5 × late) / (inTime + late + silent) of opinions; with only one part, 100 × that part',
  formulaZh:
    '得分 = 70 × 本部门按时办结率 + 30 ×（按时答复数 + 0.5 × 逾期答复数）÷（按时 + 逾期 + 未答复）；只有一项时，该项按 100 计',
} as const;

const OWN_WEIGHT = 70;
const OPINIONS_WEIGHT = 30;
const LATE_OPINION = 0.5;

/** By {@link CO_HANDLING_SCORE}, to one decimal. */
export function scoreOf(
  own: EndedCounts,
  opinions: { readonly inTime: number; readonly late: number; readonly silent: number },
): number | null {
  const { onTimeRate: ownRate } = onTimeRate(own);
  const { inTime, late, silent } = opinions;
  const replies = ratio(inTime + LATE_OPINION * late, inTime + late + silent);
  if (ownRate === null) return replies === null ? null : rounded(100 * replies);
  return rounded(replies === null ? 100 * ownRate : OWN_WEIGHT * ownRate + OPINIONS_WEIGHT * replies);
}

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const rounded = (score: number) => Math.round(score * 10) / 10;

export function opinionsGiven(counts: Counts): OpinionsGiven {
  const count = (counter: string) => counts[counter] ?? 0;
  const [asked, inTime, late] = [count('asked'), count('inTime'), count('late')];
  const [silent, lapsed] = [count('silent'), count('lapsed')];
  return {
    asked,
    inTime,
    late,
    silent,
    lapsed,
    awaited: asked - inTime - late - silent - lapsed,
    inTimeRate: ratio(inTime, inTime + late + silent),
    medianWorkingMinutes: handlingTimes(counts).quantile(0.5),
  };
}

/** The models it rests on, for `asOf`. */
export const CO_HANDLING_MODELS = [opinionModel, ...WORKLOAD_MODELS] as const;

/** Opinions by department, of all that were asked in the span. */
async function opinionsIn(
  models: ReadModels,
  { region, span }: { readonly region: string; readonly span: DaySpan },
): Promise<ReadonlyMap<string, OpinionsGiven>> {
  const sums = new Map<string, Counts>();
  for (const part of monthsOf(span)) {
    const lines = await allDocuments(models, opinionModel, {
      index: 'period',
      equals: { region, period: part.month },
    });
    for (const { department, counts } of lines) {
      sums.set(department, plusDays(sums.get(department) ?? {}, counts, part));
    }
  }
  return new Map([...sums].map(([department, counts]) => [department, opinionsGiven(counts)]));
}

export type CoHandlingPage = {
  readonly items: readonly CoHandlingItem[];
  readonly nextCursor: string | null;
};

/** 各司其职、部门协同: departments in order of their names, those with nothing to show left out. */
export async function coHandling(
  models: ReadModels,
  question: {
    readonly region?: string;
    readonly span: DaySpan;
    readonly now: string;
    readonly limit: number;
    /** The department after which the page begins. */
    readonly cursor: string | null;
  },
): Promise<CoHandlingPage> {
  const { region = EVERYWHERE, span, now } = question;
  const [opinions, lines] = await Promise.all([
    opinionsIn(models, { region, span }),
    workload(models, { region, span, now }),
  ]);
  const own = new Map(
    lines.flatMap(({ department, onTime, late }) =>
      department === null ? [] : [[department, { onTime, late }] as const],
    ),
  );
  const items = [...new Set([...opinions.keys(), ...own.keys()])].sort().map((department) => {
    const given = opinions.get(department) ?? opinionsGiven({});
    const { onTime, late } = own.get(department) ?? { onTime: 0, late: 0 };
    return {
      department,
      ...given,
      own: { onTime, late, ...onTimeRate({ onTime, late }) },
      score: scoreOf({ onTime, late }, given),
    };
  });
  const shown = items.filter(({ asked, own: { onTime, late } }) => asked + onTime + late > 0);
  const ranked = shown.map((item): CoHandlingItem => ({ ...item, rank: rankOf(item.score, shown) }));
  return pageAfter(ranked, ({ department }) => department, question);
}

function rankOf(score: number | null, all: readonly { readonly score: number | null }[]): number | null {
  if (score === null) return null;
  return 1 + all.filter((one) => one.score !== null && one.score > score).length;
}
