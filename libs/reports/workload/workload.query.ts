import {
  ALL_TIME,
  type Counts,
  handlingTimes,
  lampsAt,
  type WorkloadDocument,
  workloadTally,
} from '#libs/county/approval';
import { type DaySpan, monthsOf } from '#libs/law/calendar';
import { by, type ReadModels, defined } from '#libs/engine/event-sourcing';
import { dayCounters, NOTHING, plus, plusDays } from '../answers/day-counters.js';
import { type OnTime, onTimeRate } from '../answers/on-time-rate.js';
import { linesOf, type LinesQuery } from './work-lines.query.js';

/** What was done in a span: whole numbers; rates from 0 to 1; times in minutes. Null where there is nothing to rate. */
type WorkDone = OnTime & {
  /** Acts recorded by its people. */
  readonly events: number;
  /** Applications that ended in its hands. */
  readonly done: number;
  readonly onTime: number;
  readonly late: number;
  readonly returns: number;
  readonly sendBacks: number;
  /** 补录: acts entered a working day after they happened, or more. */
  readonly backEntries: number;
  readonly supplements: number;
  readonly transfers: number;
  readonly escalations: number;
  /** Stretches for which it held an application and which ended in the span. */
  readonly handled: number;
  readonly meanMinutes: number | null;
  /** Of those stretches; exact where they are few, else less than 1 % off, see handling-time.ts. */
  readonly medianMinutes: number | null;
  readonly p90Minutes: number | null;
};

/** One department, post or person: what it did in the span, and what it has in hand now. */
export type WorkloadItem = WorkDone & {
  /** Null where a log does not name the departments of the persons. */
  readonly department: string | null;
  readonly post: string | null;
  readonly person: string | null;
  /** Departments whose figures are in it because it has succeeded them; absent if there are none. */
  readonly includes?: readonly string[];
  readonly open: number;
  /** Open and yellow, to the legal day. */
  readonly dueSoon: number;
  /** Open and past its last legal day. */
  readonly overdue: number;
};

export type WorkloadQuery = LinesQuery & {
  /** Legal days; default all time. What is in hand is always what is in hand now. */
  readonly span?: DaySpan | null;
  /** ISO instant. */
  readonly now: string;
};

/** The models it rests on, for `asOf`. */
export const WORKLOAD_MODELS = [workloadTally] as const;

type Sum = {
  readonly line: Pick<WorkloadDocument, 'department' | 'post' | 'person'>;
  /** Old departments among its lines. */
  readonly includes: Set<string>;
  flow: Counts;
  stock: Counts;
};

/** Workload by department, post or person, in order of their names. Sums of tallies: no application is looked at. */
export async function workload(models: ReadModels, query: WorkloadQuery): Promise<readonly WorkloadItem[]> {
  const parts = query.span ? monthsOf(query.span) : null;
  const [now, ...months] = await Promise.all([
    linesOf(models, workloadTally, query, ALL_TIME),
    ...(parts ?? []).map(({ month }) => linesOf(models, workloadTally, query, month)),
  ]);
  const sums = new Map<string, Sum>();
  const sumOf = ({ department: own, post, person }: WorkloadDocument): Sum => {
    const department = own === null ? null : (query.successors?.get(own) ?? own);
    const key = JSON.stringify([department, post, person]);
    const sum = sums.get(key) ?? {
      line: { department, post, person },
      includes: new Set(),
      flow: NOTHING,
      stock: NOTHING,
    };
    sums.set(key, sum);
    if (own !== null && department !== own) sum.includes.add(own);
    return sum;
  };
  for (const line of now) {
    const sum = sumOf(line);
    sum.stock = plus(sum.stock, line.counts);
    if (parts === null) sum.flow = sum.stock;
  }
  for (const [index, part] of (parts ?? []).entries()) {
    for (const line of months[index] ?? []) {
      const sum = sumOf(line);
      sum.flow = plusDays(sum.flow, line.counts, part);
    }
  }
  return (
    [...sums.values()]
      .map((sum) => itemOf(sum, query.now))
      // In a log that names departments, the closure of an application before its first row names none: that makes no line.
      .filter(
        ({ department, events, done, open, handled }) =>
          events + done + open > 0 || (department !== null && handled > 0),
      )
      .sort(byName)
  );
}

/** One day of a department: what was done on it. */
export type WorkloadDay = WorkDone & { readonly day: string };

/** What a department did on each legal day of a span on which it did anything, in order. */
export async function workloadByDay(
  models: ReadModels,
  {
    department,
    region,
    span,
    successors,
  }: Pick<WorkloadQuery, 'region' | 'successors'> & { readonly department: string; readonly span: DaySpan },
): Promise<readonly WorkloadDay[]> {
  const days = new Map<string, Record<string, number>>();
  for (const part of monthsOf(span)) {
    const query = { department, ...defined({ region, successors }) };
    for (const line of await linesOf(models, workloadTally, query, part.month)) {
      for (const { name, day, count } of dayCounters(line.counts, part)) {
        const date = `${part.month}-${day}`;
        const counts = days.get(date) ?? {};
        days.set(date, counts);
        counts[name] = (counts[name] ?? 0) + count;
      }
    }
  }
  return [...days].sort(by(([day]) => day)).map(([day, counts]) => ({ day, ...workDone(counts) }));
}

/** One day of one department, for a picture of all of them. */
export type DepartmentDay = WorkloadDay & { readonly department: string | null };

/** What each department did on each legal day of a span on which it did anything, by department and day: one answer for all. */
export async function workloadByDepartmentDay(
  models: ReadModels,
  {
    region,
    department,
    span,
    successors,
  }: Pick<WorkloadQuery, 'region' | 'department' | 'successors'> & { readonly span: DaySpan },
): Promise<readonly DepartmentDay[]> {
  const days = new Map<
    string,
    { readonly department: string | null; readonly day: string; counts: Counts }
  >();
  for (const part of monthsOf(span)) {
    const query = defined({ region, department, successors });
    for (const line of await linesOf(models, workloadTally, query, part.month)) {
      const own = line.department === null ? null : (successors?.get(line.department) ?? line.department);
      for (const { name, day, count } of dayCounters(line.counts, part)) {
        const date = `${part.month}-${day}`;
        const key = JSON.stringify([own, date]);
        const known = days.get(key) ?? { department: own, day: date, counts: NOTHING };
        days.set(key, { ...known, counts: { ...known.counts, [name]: (known.counts[name] ?? 0) + count } });
      }
    }
  }
  return [...days.values()]
    .map(({ department: own, day, counts }) => ({ department: own, day, ...workDone(counts) }))
    .sort(
      by(
        ({ department: own }) => own ?? '',
        ({ day }) => day,
      ),
    );
}

function itemOf({ line, includes, flow, stock }: Sum, now: string): WorkloadItem {
  const { yellow, red } = lampsAt(stock, now);
  return {
    department: line.department,
    post: line.post,
    person: line.person,
    ...(includes.size > 0 && { includes: [...includes].sort() }),
    open: stock['open'] ?? 0,
    dueSoon: yellow,
    overdue: red,
    ...workDone(flow),
  };
}

function workDone(counts: Counts): WorkDone {
  const count = (counter: string) => counts[counter] ?? 0;
  const [onTime, late] = [count('onTime'), count('late')];
  const times = handlingTimes(counts);
  return {
    events: count('events'),
    done: count('done'),
    onTime,
    late,
    ...onTimeRate({ onTime, late }),
    returns: count('returns'),
    sendBacks: count('sendBacks'),
    backEntries: count('backEntries'),
    supplements: count('supplements'),
    transfers: count('transfers'),
    escalations: count('escalations'),
    handled: times.count,
    meanMinutes: times.mean,
    medianMinutes: times.quantile(0.5),
    p90Minutes: times.quantile(0.9),
  };
}

const byName = by<WorkloadItem>(
  ({ department }) => department ?? '',
  ({ post }) => post ?? '',
  ({ person }) => person ?? '',
);
