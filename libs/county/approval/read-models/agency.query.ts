import { by, InvalidQuery, type Page, type ReadModels } from '#libs/engine/event-sourcing';
import { type ApplicationDocument, applications } from './application.document.js';
import { indexOf, matchesFilter, rangeOf, type WorklistItem } from './worklist.filter.js';
import { type Worklist, type WorklistQuery } from './worklist.query.js';

/** Where a page ends: on which track, at which due date, after which application. */
type WorklistPlace = Pick<ApplicationDocument, 'fastTrack' | 'dueAt' | 'id'>;

/**
 * The open applications of everybody an agent acts for, in one list in the order of every worklist. It reads as much of each
 * principal's applications as a page may need, and no others.
 * @throws InvalidQuery
 */
export async function agentWorklist(
  models: Pick<ReadModels, 'find'>,
  query: Omit<WorklistQuery, 'of'> & Partial<Pick<WorklistQuery, 'of'>>,
  applicants: readonly string[],
): Promise<Worklist> {
  const start = query.cursor === undefined || query.cursor === null ? null : placeOf(query.cursor);
  const items: WorklistItem[] = [];
  for (const fastTrack of [true, false]) {
    if (start !== null && fastTrack && !start.fastTrack) continue;
    const after = start?.fastTrack === fastTrack ? start : null;
    const asked = { ...query, limit: query.limit - items.length };
    const found: WorklistItem[] = [];
    for (const applicant of applicants) {
      const own = { ...asked, of: { ...asked.of, applicant } };
      found.push(...(await casesAfter(models, own, fastTrack, after)));
    }
    items.push(...found.sort(inOrder).slice(0, asked.limit));
    const last = items.at(-1);
    if (last !== undefined && items.length === query.limit) return { items, nextCursor: cursorOf(last) };
  }
  return { items, nextCursor: null };
}

/** The next applications of one principal that fit, at most as many as a page holds. */
async function casesAfter(
  models: Pick<ReadModels, 'find'>,
  query: WorklistQuery,
  fastTrack: boolean,
  after: WorklistPlace | null,
): Promise<readonly WorklistItem[]> {
  const found: WorklistItem[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<ApplicationDocument> = await models.find(applications, {
      ...indexOf(query, { open: query.open ?? true, fastTrack }),
      range: rangeAfter(rangeOf(query), after),
      limit: query.limit,
      cursor,
    });
    for (const document of page.items) {
      if (after !== null && inOrder(document, after) <= 0) continue;
      const item = matchesFilter(document, query);
      if (item !== null) found.push(item);
    }
    cursor = page.nextCursor;
  } while (cursor !== null && found.length < query.limit);
  return found;
}

function rangeAfter(
  range: ReturnType<typeof rangeOf>,
  after: WorklistPlace | null,
): ReturnType<typeof rangeOf> {
  if (after === null) return range;
  const gte = typeof range.gte === 'string' && range.gte > after.dueAt ? range.gte : after.dueAt;
  return { ...range, gte };
}

const inOrder = by<WorklistPlace>(
  ({ dueAt }) => dueAt,
  ({ id }) => id,
);

const cursorOf = ({ fastTrack, dueAt, id }: WorklistPlace): string =>
  Buffer.from(JSON.stringify([fastTrack, dueAt, id])).toString('base64url');

function placeOf(cursor: string): WorklistPlace {
  const [fastTrack, dueAt, id] = fieldsOf(cursor);
  if (typeof fastTrack === 'boolean' && typeof dueAt === 'string' && typeof id === 'string') {
    return { fastTrack, dueAt, id };
  }
  throw new InvalidQuery('the cursor is not one of this list');
}

function fieldsOf(cursor: string): readonly unknown[] {
  try {
    const fields: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(fields) ? fields : [];
  } catch {
    return [];
  }
}
