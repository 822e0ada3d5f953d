import { pageAsOf, type ReadModels } from '#libs/engine/event-sourcing';
import { type Freshness, freshness, invalid, question, type QuerySources } from '#libs/shell/nest';
import { agentWorklist } from '../read-models/agency.query.js';
import { applications } from '../read-models/application.document.js';
import { type WorklistFilter } from '../read-models/worklist.filter.js';
import { type Worklist, worklist } from '../read-models/worklist.query.js';
import { type WorklistRow, worklistRows } from '../read-models/worklist.shown.js';
import {
  countsOf,
  MOST_READ,
  pageInOrder,
  wholeWorklist,
  type WorklistCounts,
  WorklistTooLong,
} from '../read-models/worklist.whole.js';
import { type WorklistAsked } from './worklist.parameters.js';

export type WorklistQuestion = WorklistAsked &
  Pick<WorklistFilter, 'of' | 'seen'> & {
    /** Of an agent: the list of these applicants together. */
    readonly principals: readonly string[] | null;
  };

/** Rows of a worklist, how fresh they are, and how many there are of each kind if that was asked. */
export type WorklistAnswer = {
  readonly items: readonly WorklistRow[];
  readonly nextCursor: string | null;
  readonly asOf: Freshness;
  /** Left out unless it was asked for. */
  readonly counts?: WorklistCounts;
};

export const AskWorklist = question(async (sources, asked: WorklistQuestion): Promise<WorklistAnswer> => {
  const now = sources.now();
  const asOf = await freshness(sources, [applications]);
  const page = await pageOf(sources.models, asked, now);
  const counts = asked.isCounted ? countsOf(await whole(sources.models, asked, now, 'count')) : null;
  return {
    items: await worklistRows(sources, page.items, now),
    nextCursor: page.nextCursor,
    asOf,
    ...(counts !== null && { counts }),
  };
});

/** A list by due date is read from its index; what has no such index is read as a whole and put in order. */
function pageOf(models: QuerySources['models'], asked: WorklistQuestion, now: string): Promise<Worklist> {
  const { sort, project, actedBy, limit, principals } = asked;
  if (sort === 'due' && project === undefined && actedBy === undefined) {
    const query = { ...asked, now };
    return principals === null ? worklist(models, query) : agentWorklist(models, query, principals);
  }
  return pageAsOf({ now, cursor: asked.cursor }, async (page) => {
    const items = await whole(models, asked, page.now, 'sort');
    return pageInOrder(items, { order: sort, limit, cursor: page.cursor });
  });
}

/** @throws InvalidInput naming the parameter that needs the whole of a list that is too long */
async function whole(
  models: ReadModels,
  asked: WorklistQuestion,
  now: string,
  parameter: 'sort' | 'count',
): ReturnType<typeof wholeWorklist> {
  const { of, principals } = asked;
  const lists = principals === null ? [of] : principals.map((applicant) => ({ ...of, applicant }));
  try {
    return await wholeWorklist(
      models,
      lists.map((each) => ({ ...asked, of: each, now })),
    );
  } catch (error) {
    if (!(error instanceof WorklistTooLong)) throw error;
    throw invalid(
      parameter,
      `needs a list of at most ${MOST_READ} applications: ask for a department, a person or a project`,
      `所查列表超过 ${MOST_READ} 件，请限定部门、人员或者项目`,
    );
  }
}
