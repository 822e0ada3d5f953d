import { type Page, type ReadModels } from '#libs/engine/event-sourcing';
import {
  type Figure,
  FIGURES,
  type SelfInspectionDocument,
  selfInspections as selfInspectionModel,
} from '#libs/county/self-inspection';
import { workload } from './workload.query.js';
import { workloadTally } from '#libs/county/approval';

/** One figure as it was claimed, and as the events of the same days count it. */
type FigureComparison = {
  readonly figure: Figure;
  readonly figureZh: string;
  readonly claimed: number;
  readonly fact: number;
  readonly matches: boolean;
};

/** A self-inspection (自查) next to the figures from the log. */
export type ComparedInspection = SelfInspectionDocument & {
  readonly comparison: readonly FigureComparison[];
  /** How many figures contradict the log. */
  readonly mismatches: number;
};

export type SelfInspectionsQuery = {
  readonly department?: string;
  readonly now: string;
  readonly limit: number;
  readonly cursor?: string | null;
};

/** The models it rests on, for `asOf`. */
export const SELF_INSPECTION_MODELS = [selfInspectionModel, workloadTally] as const;

/** Each report needs the workload of its months: a page has no more of them. */
const MOST_REPORTS = 50;

/** Reports, the latest first, each figure next to the one that the log now gives for the same days. */
export async function selfInspections(
  models: ReadModels,
  { department, now, limit, cursor = null }: SelfInspectionsQuery,
): Promise<Page<ComparedInspection>> {
  const page = await models.find(selfInspectionModel, {
    ...(department === undefined ? { index: 'all' } : { index: 'department', equals: { department } }),
    order: 'desc',
    limit: Math.min(limit, MOST_REPORTS),
    cursor,
  });
  const items: ComparedInspection[] = [];
  for (const document of page.items) items.push(await compared(models, document, now));
  return { items, nextCursor: page.nextCursor };
}

async function compared(
  models: ReadModels,
  document: SelfInspectionDocument,
  now: string,
): Promise<ComparedInspection> {
  const { department, from, to, figures } = document;
  // A department that did nothing in these days has no line, and every fact is zero.
  const [facts] = await workload(models, { department, span: { from, to }, now });
  const comparison = (Object.keys(FIGURES) as Figure[]).flatMap((figure) => {
    const claimed = figures[figure];
    if (claimed === undefined) return [];
    const fact = facts?.[figure] ?? 0;
    return [{ figure, figureZh: FIGURES[figure], claimed, fact, matches: claimed === fact }];
  });
  return { ...document, comparison, mismatches: comparison.filter(({ matches }) => !matches).length };
}
