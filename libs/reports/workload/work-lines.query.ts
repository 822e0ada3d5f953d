import { type WorkLabels, type WorkloadLevel } from '#libs/county/approval';
import { EVERYWHERE, regionAndAncestors, regionRange } from '#libs/law/catalogue';
import { allDocuments, type Model, type ReadModels, type TallyDocument } from '#libs/engine/event-sourcing';

export type LinesQuery = {
  /** Default `department`. */
  readonly by?: WorkloadLevel;
  readonly department?: string;
  /** Default everywhere; everything below the region is included. */
  readonly region?: string;
  /** 部门沿革: departments that were succeeded, and who does their business now. Default: each counts for itself. */
  readonly successors?: ReadonlyMap<string, string>;
};

/**
 * Lines of one period, found by department or by region: everything below the region is in them, and each counts what was done
 * in its own region.
 */
export async function linesOf<Line extends TallyDocument & WorkLabels>(
  models: ReadModels,
  model: Model<Line>,
  { by: level = 'department', department, region = EVERYWHERE, successors }: LinesQuery,
  period: string,
): Promise<readonly Line[]> {
  if (department !== undefined) {
    const lines = await Promise.all(
      withPredecessors(department, successors).map((one) =>
        allDocuments(models, model, {
          index: 'department',
          equals: { level, department: one },
          range: { gte: period, lte: period },
        }),
      ),
    );
    return lines.flat().filter((line) => isIn(line, region));
  }
  const range = regionRange(region);
  return allDocuments(models, model, {
    index: 'period',
    equals: { level, period },
    ...(range && { range }),
  });
}

/** Who does a department's business now, and everybody whose business came there. */
function withPredecessors(
  department: string,
  successors: ReadonlyMap<string, string> = new Map(),
): readonly string[] {
  const standing = successors.get(department) ?? department;
  const old = [...successors].filter(([, current]) => current === standing).map(([own]) => own);
  return [standing, ...old.sort()];
}

function isIn(line: WorkLabels, region: string): boolean {
  return regionAndAncestors(line.region).includes(region);
}
