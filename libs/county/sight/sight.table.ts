import { oversees } from '#libs/shell/roles';
import { coveredBy } from './mandates.js';
import { type Visibility } from './sight.js';

/** A thing in as many words as say whose it is. */
export type Thing = {
  /** Persons whose it is: the applicant, who challenged, both sides of a mandate. */
  readonly parties: readonly (string | null)[];
  /** Null for what is of no project: a mandate for one project does not show it. */
  readonly project: string | null;
  /** Departments whose business it is; a null among them: every department's (a joint matter). */
  readonly departments: readonly (string | null)[];
};

/** How one may stand to a thing that is shown. */
const RELATIONS = {
  /** Overseers see everything of the kind. */
  overseer: ({ actor }) => oversees(actor),
  /** It is their own. */
  party: ({ actor }, { parties }) => parties.includes(actor.person),
  /** They hold a mandate of whose it is (行政许可法 Art. 29). */
  agent: ({ mandates }, { parties, project }) =>
    parties.some((applicant) => coveredBy(mandates, { applicant, project })),
  /** It is their department's business, or was that of one whose business theirs is now. */
  department: ({ departments }, thing) =>
    departments.length > 0 && thing.departments.some((one) => one === null || departments.includes(one)),
} as const satisfies Readonly<Record<string, (sight: Visibility, thing: Thing) => boolean>>;
type Relation = keyof typeof RELATIONS;

const EVERY_SIDE = ['overseer', 'party', 'agent', 'department'] as const;
const ADMINISTRATION = ['overseer', 'department'] as const;

/**
 * Who sees what. Every query asks here: lists, single things, and what shows a thing inside another (a timeline, a forecast, a
 * box of notices). For what all of the administration reads (disputes, bulletins, plans, pledges, improvements, rosters) and
 * what only overseers read (audit, reports), the roles of the route decide.
 */
const SEEN_BY = {
  application: EVERY_SIDE,
  /** In addition, everyone who sees one of its applications; see `seenOf`. */
  project: EVERY_SIDE,
  request: EVERY_SIDE,
  challenge: EVERY_SIDE,
  /** The department sees the question without the name, so that asking is safe. */
  challenger: ['overseer', 'party', 'agent'],
  mandate: ['overseer', 'party', 'department'],
  /** A box: an applicant's, a department's. Of what is in it, the applications that one sees. */
  notices: EVERY_SIDE,
  'agenda-item': ADMINISTRATION,
  'self-inspection': ADMINISTRATION,
  'awaited-opinion': ADMINISTRATION,
} as const satisfies Readonly<Record<string, readonly Relation[]>>;
export type Kind = keyof typeof SEEN_BY;

const NOBODYS: Thing = { parties: [], project: null, departments: [] };
export const ofApplicant = (applicant: string): Thing => ({ ...NOBODYS, parties: [applicant] });
export const ofDepartment = (department: string): Thing => ({ ...NOBODYS, departments: [department] });

export function sees(sight: Visibility, kind: Kind, thing: Thing): boolean {
  return SEEN_BY[kind].some((relation) => RELATIONS[relation](sight, thing));
}

/** True for one who sees all there is of a kind. */
export const seesAll = (sight: Visibility, kind: Kind): boolean => sees(sight, kind, NOBODYS);

/** Whose list: an applicant's, a department's; null = everybody's. */
export type Whose = { readonly applicant: string } | { readonly department: string } | null;
