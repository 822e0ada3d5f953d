import {
  type Counts,
  outcomes as outcomeModel,
  quantileOf,
  SAVED_BY,
  type SavedBy,
  savedMaterials,
  USED_DAYS_COUNTER,
} from '#libs/county/approval';
import { type DaySpan, type TimeLimit } from '#libs/law/calendar';
import { EVERYWHERE, mattersInForce, matters as matterModel, statutoryTermOf } from '#libs/law/catalogue';
import { type ReadModels } from '#libs/engine/event-sourcing';
import { pageAfter } from '../answers/ordered-page.js';
import { type OnTime, onTimeRate } from '../answers/on-time-rate.js';
import { countedDays, countsIn } from './outcomes.js';

/** What a matter took, against what was promised, and the materials that its applicants were spared, in a span. */
type ActualCompression = OnTime & {
  readonly matter: string;
  readonly name: string;
  readonly department: string | null;
  readonly statutory: TimeLimit | null;
  readonly promised: TimeLimit | null;
  /** Working days from acceptance to the end as the statutory clock counts them, of applications that were accepted and ended. */
  readonly actual: {
    /** How many they were. */
    readonly cases: number;
    /** Null where there were none. */
    readonly medianDays: number | null;
    readonly p90Days: number | null;
  };
  /** Materials that need not be handed in, by what spared them. */
  readonly saved: {
    /** 数据共享: taken from an earlier application of the same applicant. */
    readonly sharing: number;
    /** 容缺受理: not there at acceptance. */
    readonly deficiency: number;
    /** 告知承诺: promised in their place. */
    readonly commitment: number;
  };
};

export type ActualCompressions = {
  /** Applications that ended, and materials that were spared, on these legal days. */
  readonly span: DaySpan;
  /** Matters in force, in order of their codes. */
  readonly items: readonly ActualCompression[];
  readonly nextCursor: string | null;
};

/** The models it rests on, for `asOf`. */
export const COMPRESSION_MODELS = [matterModel, outcomeModel, savedMaterials] as const;

/** 压缩成效: of every matter in force the actual days against the promised ones, and the materials saved. */
export async function actualCompression(
  models: ReadModels,
  {
    span,
    region = EVERYWHERE,
    ...page
  }: {
    readonly span: DaySpan;
    readonly region?: string;
    readonly limit: number;
    /** The code after which the page begins. */
    readonly cursor: string | null;
  },
): Promise<ActualCompressions> {
  const matters = await mattersInForce(models);
  const asked = { matters: matters.map(({ code }) => code), region, span };
  const [ended, saved] = await Promise.all([
    countsIn(models, outcomeModel, asked),
    countsIn(models, savedMaterials, asked),
  ]);
  const items = matters.map((matter, at): ActualCompression => {
    const { code, name, department, promised } = matter;
    const [outcomes = {}, spared = {}] = [ended[at], saved[at]];
    const { onTime = 0, late = 0 } = outcomes;
    return {
      ...{ matter: code, name, department, statutory: statutoryTermOf(matter), promised },
      actual: actualDays(outcomes),
      ...onTimeRate({ onTime, late }),
      saved: Object.fromEntries(SAVED_BY.map((by) => [by, spared[by] ?? 0])) as Record<SavedBy, number>,
    };
  });
  return { span, ...pageAfter(items, ({ matter }) => matter, page) };
}

function actualDays(counts: Counts): ActualCompression['actual'] {
  const taken = countedDays(counts, USED_DAYS_COUNTER);
  return {
    cases: taken.reduce((sum, { count }) => sum + count, 0),
    medianDays: quantileOf(taken, 0.5),
    p90Days: quantileOf(taken, 0.9),
  };
}
