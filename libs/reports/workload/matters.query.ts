import { type DaySpan, spanBefore } from '#libs/law/calendar';
import { EVERYWHERE, mattersInForce, matters as matterModel } from '#libs/law/catalogue';
import { by, type ReadModels } from '#libs/engine/event-sourcing';
import { type MatterScore, matterScores } from './matter-scores.js';
import { pageAfter } from '../answers/ordered-page.js';
import { outcomesIn } from './outcomes.js';
import { outcomes as outcomeModel } from '#libs/county/approval';

export type MatterScores = {
  /** Applications that ended on these legal days are counted, and those of the span before it for the trend. */
  readonly span: DaySpan;
  readonly before: DaySpan;
  /** Matters in force, in order of their codes. */
  readonly items: readonly MatterScore[];
  readonly nextCursor: string | null;
};

/** The models it rests on, for `asOf`. */
export const MATTER_SCORE_MODELS = [matterModel, outcomeModel] as const;

/** 办理效能: the scorecard of every matter in force. Two or three small documents a matter, whatever its applications. */
export async function matterScoreboard(
  models: ReadModels,
  {
    span,
    region = EVERYWHERE,
    department,
    sort = 'matter',
    ...page
  }: {
    readonly span: DaySpan;
    readonly region?: string;
    /** Matters of this department. */
    readonly department?: string;
    /** Default by code. */
    readonly sort?: MatterOrder;
    readonly limit: number;
    /** The code after which the page begins. */
    readonly cursor: string | null;
  },
): Promise<MatterScores> {
  const before = spanBefore(span);
  const matters = await mattersInForce(models);
  const codes = matters.map(({ code }) => code);
  const [now, earlier] = await Promise.all(
    [span, before].map((one) => outcomesIn(models, { matters: codes, region, span: one })),
  );
  const scores = matterScores(matters, now ?? new Map(), earlier ?? new Map());
  // Ranks are among all matters, whichever are shown.
  const shown = scores.filter((score) => department === undefined || score.department === department);
  return {
    span,
    before,
    ...(sort === 'matter' ? pageAfter(shown, codeOf, page) : inOrder(shown, sort, page)),
  };
}

const FIGURES = ['steps', 'days', 'handOffs', 'onTimeRate'] as const;
/** By code, or by a figure: the least first, with a minus sign the most; what has no such figure last. */
export const MATTER_ORDERS = [
  'matter',
  ...FIGURES.flatMap((figure) => [figure, `-${figure}` as const]),
] as const;
export type MatterOrder = (typeof MATTER_ORDERS)[number];

const codeOf = ({ matter }: MatterScore): string => matter;

function inOrder(
  scores: readonly MatterScore[],
  sort: Exclude<MatterOrder, 'matter'>,
  page: { readonly limit: number; readonly cursor: string | null },
) {
  const sign = sort.startsWith('-') ? -1 : 1;
  const figure = sort.replace('-', '') as (typeof FIGURES)[number];
  const sorted = [...scores].sort(
    by(
      ({ figures }) => (figures[figure].value === null ? 1 : 0),
      ({ figures }) => sign * (figures[figure].value ?? 0),
      codeOf,
    ),
  );
  const places = new Map(sorted.map(({ matter }, index) => [matter, String(index).padStart(6, '0')]));
  return pageAfter(sorted, ({ matter }) => places.get(matter) ?? '', page);
}
