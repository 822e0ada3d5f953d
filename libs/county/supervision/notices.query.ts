import { type Actor, type ReadModels } from '#libs/engine/event-sourcing';
import { addressee, type Notice } from './notices.js';
import { type TimersDocument } from './timers.projection.js';

/** A case with the notices that are for the one who asks, the last first. */
export type NoticedCase = {
  readonly application: string;
  readonly project: string;
  readonly stage: string;
  readonly notices: readonly Notice[];
};

export type NoticesPage = { readonly items: readonly NoticedCase[]; readonly nextCursor: string | null };

export type NoticesQuestion = { readonly to: string; readonly limit: number; readonly cursor: string | null };

/** Boxes that a person may look into, their own first; the first is the one shown by default. */
export function boxesOf({ role, person, department }: Actor): readonly string[] {
  switch (role) {
    case 'applicant':
    case 'agent':
      return [addressee.applicant(person)];
    case 'supervisor':
      return [addressee.level('supervision')];
    case 'leader':
      return [addressee.level('deputy-county-head'), addressee.level('leading-group')];
    case 'campaign-office':
      return [addressee.level('leading-group')];
    case 'department-head':
      return department === null ? [] : [addressee.head(department), addressee.department(department)];
    case 'reviewer':
      return department === null ? [] : [addressee.person(person), addressee.department(department)];
    default:
      return department === null ? [] : [addressee.department(department)];
  }
}

/** Cases with notices for one box, the one told last first. */
export async function notices(
  models: ReadModels,
  { to, limit, cursor }: NoticesQuestion,
): Promise<NoticesPage> {
  const page = await models.find<TimersDocument & { id: string }>('timers', {
    index: 'noticed',
    equals: { to },
    order: 'desc',
    limit,
    cursor,
  });
  const items = page.items.flatMap(({ id, application, notices: told }): NoticedCase[] => {
    if (application === null || application.at === 'absent') return [];
    const own = told.filter((notice) => notice.to.includes(to)).reverse();
    return [{ application: id, project: application.project, stage: application.at, notices: own }];
  });
  return { items, nextCursor: page.nextCursor };
}
