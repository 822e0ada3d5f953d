import {
  type Counted,
  type Counts,
  DAYS_COUNTER,
  outcomeId,
  outcomes,
  quantileOf,
} from '#libs/county/approval';
import { type DaySpan, monthsOf } from '#libs/law/calendar';
import { type Model, type ReadModels, type TallyDocument } from '#libs/engine/event-sourcing';
import { type OnTime, onTimeRate } from '../answers/on-time-rate.js';
import { NOTHING, plus, plusDays } from '../answers/day-counters.js';

/** What became of the applications of a matter that ended in a span. Null where none ended, or none had a term. */
export type Outcomes = OnTime & {
  /** Decided or closed; the figures are theirs. */
  readonly cases: number;
  readonly withdrawn: number;
  readonly notAccepted: number;
  /** 程序: acts of the organs per application, mean. */
  readonly steps: number | null;
  /** 时间: working days from acceptance to the end, median. */
  readonly days: number | null;
  /** 环节: times an application passed to another department or person, mean. */
  readonly handOffs: number | null;
  /** Share of the applications in which more material was asked for. */
  readonly supplementRate: number | null;
};

const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);

/** Reads the sums of a matter's counters. */
export function outcomesOf(counts: Counts): Outcomes {
  const count = (counter: string) => counts[counter] ?? 0;
  const cases = count('cases');
  return {
    cases,
    withdrawn: count('withdrawn'),
    notAccepted: count('notAccepted'),
    steps: ratio(count('acts'), cases),
    days: quantileOf(countedDays(counts, DAYS_COUNTER), 0.5),
    handOffs: ratio(count('handOffs'), cases),
    ...onTimeRate({ onTime: count('onTime'), late: count('late') }),
    supplementRate: ratio(count('supplemented'), cases),
  };
}

/** Working days, each with how often they were counted, in order. */
export function countedDays(counts: Counts, counter: RegExp): readonly Counted[] {
  return Object.entries(counts)
    .flatMap(([name, count]) => {
      const days = counter.exec(name)?.[1];
      return days === undefined || count === 0 ? [] : [{ value: Number(days), count }];
    })
    .sort((a, b) => a.value - b.value);
}

type OutcomesQuestion = {
  readonly matters: readonly string[];
  readonly region: string;
  readonly span: DaySpan;
};

/** Outcomes by matter, for each of the matters: as many documents a matter as the span touches months. */
export async function outcomesIn(
  models: ReadModels,
  question: OutcomesQuestion,
): Promise<ReadonlyMap<string, Outcomes>> {
  const counts = await countsIn(models, outcomes, question);
  return new Map(question.matters.map((matter, at) => [matter, outcomesOf(counts[at] ?? {})]));
}

/** Outcomes of all the matters together. */
export async function outcomesTogether(models: ReadModels, question: OutcomesQuestion): Promise<Outcomes> {
  return outcomesOf((await countsIn(models, outcomes, question)).reduce(plus, NOTHING));
}

/** The counters of the span, one sum for each of the matters, of a model that has a document for each of their months. */
export async function countsIn(
  models: ReadModels,
  model: Model<TallyDocument>,
  { matters, region, span }: OutcomesQuestion,
): Promise<readonly Counts[]> {
  const parts = monthsOf(span);
  const ids = matters.flatMap((matter) => parts.map(({ month }) => outcomeId(region, matter, month)));
  const lines = await models.getMany(model, ids);
  return matters.map((_, at) => {
    let counts: Counts = {};
    for (const [month, part] of parts.entries()) {
      const line = lines[at * parts.length + month];
      if (line) counts = plusDays(counts, line.counts, part);
    }
    return counts;
  });
}
