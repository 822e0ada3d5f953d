import { type Actor } from '#libs/engine/event-sourcing';

/** Posts of a department in the simulated county. */
const POSTS = { window: '窗口', reviewer: '审查岗', deputy: '分管副局长', head: '局长' } as const;

/** Who works in a department; which of its reviewers is a matter of `desk`. */
export interface Staff {
  readonly window: Actor;
  readonly reviewer: Actor;
  /** The mid-level desk between reviewer and head. */
  readonly deputy: Actor;
  readonly head: Actor;
}

const REVIEWERS = 3;
const known = new Map<string, Staff>();

export function staffOf(department: string, desk: number): Staff {
  const reviewer = (desk % REVIEWERS) + 1;
  const key = `${department}/${reviewer}`;
  const staff = known.get(key) ?? hired(department, reviewer);
  known.set(key, staff);
  return staff;
}

function hired(department: string, reviewer: number): Staff {
  const actor = (post: keyof typeof POSTS, name: string, role: string): Actor => ({
    person: `${department}-${name}`,
    post: POSTS[post],
    department,
    role,
  });
  return {
    window: actor('window', 'window', 'window'),
    reviewer: actor('reviewer', `reviewer-${reviewer}`, 'reviewer'),
    deputy: actor('deputy', 'deputy', 'department-head'),
    head: actor('head', 'head', 'department-head'),
  };
}

export const applicantNamed = (person: string): Actor => ({
  person,
  post: null,
  department: null,
  role: 'applicant',
});

export const CAMPAIGN_OFFICER: Actor = {
  person: 'campaign-officer',
  post: '专班',
  department: 'campaign-office',
  role: 'campaign-office',
};

/** Deputy county heads who answer for key projects (包联). */
export const LEADERS = ['deputy-head-1', 'deputy-head-2', 'deputy-head-3'] as const;
