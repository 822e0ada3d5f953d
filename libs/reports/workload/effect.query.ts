import { dayOf, dayOfNumber, type DaySpan, numberOfDay } from '#libs/law/calendar';
import { EVERYWHERE } from '#libs/law/catalogue';
import { type ReadModels } from '#libs/engine/event-sourcing';
import {
  type EffectQuestion,
  findImprovement,
  type ImprovementDocument,
  type MeasuredEffect,
  type MeasuredWindow,
  improvements,
} from '#libs/county/improvement';
import { type Measure, type Trend, trendOf } from './matter-scores.js';
import { outcomesIn } from './outcomes.js';
import { outcomes as outcomeModel } from '#libs/county/approval';

const HALF_A_YEAR = 183;

/**
 * The two windows by which a change is judged: legal days `from` and after, up to the eve of `until`, and as many
 * before `from`. Null while no whole day of the change is over.
 */
export function equalWindows({ from, until, daysAtMost = HALF_A_YEAR }: Omit<EffectQuestion, 'matter'>): {
  readonly windowDays: number;
  readonly before: DaySpan;
  readonly after: DaySpan;
} | null {
  const first = numberOfDay(from);
  const windowDays = Math.min(numberOfDay(until) - first, daysAtMost);
  if (windowDays < 1) return null;
  return {
    windowDays,
    before: { from: dayOfNumber(first - windowDays), to: dayOfNumber(first - 1) },
    after: { from, to: dayOfNumber(first + windowDays - 1) },
  };
}

/** What a change did to a matter, everywhere: applications that ended in each window, from the tallies of the scorecard. */
export async function measureEffect(
  models: ReadModels,
  { matter, ...question }: EffectQuestion,
): Promise<MeasuredEffect | null> {
  const windows = equalWindows(question);
  if (windows === null) return null;
  const { windowDays, before, after } = windows;
  const [was, is] = await Promise.all([windowOf(models, matter, before), windowOf(models, matter, after)]);
  return { windowDays, before: was, after: is };
}

async function windowOf(models: ReadModels, matter: string, span: DaySpan): Promise<MeasuredWindow> {
  const outcomes = (await outcomesIn(models, { matters: [matter], region: EVERYWHERE, span })).get(matter);
  if (outcomes === undefined) throw new Error(`no outcomes were read of ${matter}`);
  const { cases, steps, days, handOffs, onTimeOf, onTimeRate, supplementRate } = outcomes;
  return { ...span, cases, steps, days, handOffs, onTimeOf, onTimeRate, supplementRate };
}

export type EffectPanel = Pick<ImprovementDocument, 'matter' | 'status' | 'trial'> & {
  readonly improvement: string;
  /** Null before the trial has run for a whole legal day. */
  readonly effect: (MeasuredEffect & { readonly trends: { readonly [measure in Measure]: Trend } }) | null;
};

/** What it rests on, for `asOf`. */
export const EFFECT_MODELS = [improvements, outcomeModel] as const;

/**
 * What an improvement did, measured now. The window after the change ends yesterday; that of a dropped one with the eve of
 * the day it was dropped. Null when there is no such improvement.
 */
export async function effectPanel(
  models: ReadModels,
  { id, daysAtMost, now }: { readonly id: string; readonly daysAtMost: number | null; readonly now: string },
): Promise<EffectPanel | null> {
  const found = await findImprovement(models, id);
  if (found === null) return null;
  const { matter, status, trial, end } = found;
  const until = dayOf(status === 'dropped' && end !== null ? end.at : now);
  const effect =
    trial &&
    (await measureEffect(models, {
      matter,
      from: trial.from,
      until,
      ...(daysAtMost !== null && { daysAtMost }),
    }));
  return {
    improvement: id,
    matter,
    status,
    trial,
    effect: effect && { ...effect, trends: trendsOf(effect) },
  };
}

function trendsOf({ before, after }: MeasuredEffect): { readonly [measure in Measure]: Trend } {
  const trend = (measure: Measure) => trendOf(measure, after[measure], before[measure]);
  return {
    steps: trend('steps'),
    days: trend('days'),
    handOffs: trend('handOffs'),
    onTimeRate: trend('onTimeRate'),
    supplementRate: trend('supplementRate'),
  };
}
