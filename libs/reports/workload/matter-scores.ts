import { type MatterDocument } from '#libs/law/catalogue';
import { type Outcomes } from './outcomes.js';

/** Which way a measure of a matter is better. */
const BETTER = {
  steps: 'less',
  days: 'less',
  handOffs: 'less',
  onTimeRate: 'more',
  supplementRate: 'less',
} as const satisfies { readonly [measure in keyof Outcomes]?: 'less' | 'more' };
export type Measure = keyof typeof BETTER;

/** The four that every matter is ranked by: 程序最简、时间最短、环节最少、效率最高. */
type FigureName = Exclude<Measure, 'supplementRate'>;

export type Trend = 'better' | 'worse' | 'same' | null;

/** One figure of a matter in the span, and in the span before it. */
type Figure = {
  readonly value: number | null;
  /** 1 is the best among the matters that have this figure in the span; equal ones share a rank. */
  readonly rank: number | null;
  readonly before: number | null;
  readonly trend: Trend;
};

/** The figures of one matter. */
export type MatterScore = Pick<MatterDocument, 'department' | 'promised' | 'statutory' | 'verified'> & {
  readonly matter: string;
  readonly matterName: string;
  /** How many steps the catalogue lists; null where it lists none. */
  readonly listedSteps: number | null;
  readonly cases: number;
  readonly withdrawn: number;
  readonly notAccepted: number;
  /** Applications that the figure onTimeRate is a share of. */
  readonly onTimeOf: number;
  readonly figures: { readonly [figure in FigureName]: Figure };
};

/** Positive when `a` is the better of two. */
function advantage(figure: Measure, a: number, b: number): number {
  return BETTER[figure] === 'less' ? b - a : a - b;
}

/** What became of a measure between two spans; null where one of them has none. */
export function trendOf(figure: Measure, value: number | null, before: number | null): Trend {
  if (value === null || before === null) return null;
  const gained = advantage(figure, value, before);
  return gained === 0 ? 'same' : gained > 0 ? 'better' : 'worse';
}

/** The scorecards of these matters, ranked among each other, in the order given. */
export function matterScores(
  matters: readonly MatterDocument[],
  now: ReadonlyMap<string, Outcomes>,
  before: ReadonlyMap<string, Outcomes>,
): readonly MatterScore[] {
  const figureOf = (code: string, figure: FigureName): Figure => {
    const value = now.get(code)?.[figure] ?? null;
    const earlier = before.get(code)?.[figure] ?? null;
    const ahead = (other: MatterDocument) => {
      const its = now.get(other.code)?.[figure] ?? null;
      return value !== null && its !== null && advantage(figure, its, value) > 0;
    };
    return {
      value,
      rank: value === null ? null : 1 + matters.filter(ahead).length,
      before: earlier,
      trend: trendOf(figure, value, earlier),
    };
  };
  return matters.map(({ code, name, department, promised, statutory, verified, steps }) => ({
    matter: code,
    matterName: name,
    department,
    promised,
    statutory,
    verified,
    listedSteps: steps.length === 0 ? null : steps.length,
    cases: now.get(code)?.cases ?? 0,
    onTimeOf: now.get(code)?.onTimeOf ?? 0,
    withdrawn: now.get(code)?.withdrawn ?? 0,
    notAccepted: now.get(code)?.notAccepted ?? 0,
    figures: {
      steps: figureOf(code, 'steps'),
      days: figureOf(code, 'days'),
      handOffs: figureOf(code, 'handOffs'),
      onTimeRate: figureOf(code, 'onTimeRate'),
    },
  }));
}
