import { type Actor, keptPage, type ReadModels } from '#libs/engine/event-sourcing';
import { isWithoutPost } from '#libs/shell/roles';
import {
  ofApplicant,
  ofDepartment,
  sees,
  seesAll,
  seesApplication,
  type Visibility,
} from '#libs/county/sight';
import { addressee, type Notice } from './notices.js';
import { timers } from './timers.projection.js';

/** An application with the notices that are for the one who asks, the last first. */
type NoticedCase = {
  readonly application: string;
  readonly project: string;
  readonly stage: string;
  readonly notices: readonly Notice[];
};

export type NoticesPage = { readonly items: readonly NoticedCase[]; readonly nextCursor: string | null };

export type NoticesQuestion = {
  readonly to: string;
  readonly sight: Visibility;
  readonly limit: number;
  readonly cursor: string | null;
};

/** Boxes of a person's own; the first is the one shown by default. None of the staff has one without a post. */
export function boxesOf(actor: Actor): readonly string[] {
  const { role, person, department } = actor;
  if (isWithoutPost(actor)) return [];
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

/** Also the boxes of applicants the caller acts for, and of departments before the caller's own. */
const BOX = /^(?<kind>applicant|department|head|person|level):(?<name>.+)$/;

export function mayLookInto(sight: Visibility, box: string): boolean {
  const { kind, name = '' } = BOX.exec(box)?.groups ?? {};
  if (seesAll(sight, 'notices') || boxesOf(sight.actor).includes(box)) return true;
  if (kind === 'applicant') return sees(sight, 'notices', ofApplicant(name)) || actsFor(sight, name);
  if (kind === 'head' && sight.actor.role !== 'department-head') return false;
  return (kind === 'department' || kind === 'head') && sees(sight, 'notices', ofDepartment(name));
}

/** For one of their projects at least: the box holds what is seen of it. */
const actsFor = ({ mandates }: Visibility, name: string) =>
  mandates.some(({ applicant }) => applicant === name);

/** Applications with notices for one box that the caller may see, the latest notice first. */
export async function notices(
  models: Pick<ReadModels, 'find'>,
  { to, sight, limit, cursor }: NoticesQuestion,
): Promise<NoticesPage> {
  const page = await keptPage(
    models,
    timers,
    { index: 'noticed', equals: { to }, order: 'desc', limit, cursor },
    ({ application }) =>
      application !== null && application.at !== 'absent' && seesApplication(sight, application),
  );
  const items = page.items.flatMap(({ id, application, notices: told }): NoticedCase[] => {
    if (application === null || application.at === 'absent') return [];
    const own = told.filter((notice) => notice.to.includes(to)).reverse();
    return [{ application: id, project: application.project, stage: application.at, notices: own }];
  });
  return { items, nextCursor: page.nextCursor };
}
