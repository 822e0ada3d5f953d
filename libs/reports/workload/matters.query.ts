import { type DaySpan, spanBefore } from '#libs/law/calendar';
import { EVERYWHERE, mattersInForce, matters as matterModel } from '#libs/law/catalogue';
import { type ReadModels } from '#libs/engine/event-sourcing';
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
    ...page
  }: {
    readonly span: DaySpan;
    readonly region?: string;
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
  return { span, before, ...pageAfter(scores, ({ matter }) => matter, page) };
}
