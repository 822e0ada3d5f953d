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

/** Persons of the county by their simulated id, and the names of the accounts that sign in as them. */
export type Named = ReadonlyMap<string, string>;

/** Everybody in a simulated county. */
export class People {
  private readonly known = new Map<string, Staff>();

  constructor(private readonly named: Named = new Map()) {}

  /** The staff of a department for the desk that an application is with. */
  staffOf(department: string, desk: number): Staff {
    const reviewer = (desk % REVIEWERS) + 1;
    const key = `${department}/${reviewer}`;
    const staff = this.known.get(key) ?? this.hired(department, reviewer);
    this.known.set(key, staff);
    return staff;
  }

  applicant(person: string): Actor {
    return { person: this.nameOf(person), post: null, department: null, role: 'applicant' };
  }

  get campaignOfficer(): Actor {
    return {
      person: this.nameOf('campaign-officer'),
      ...{ post: '专班', department: 'campaign-office', role: 'campaign-office' },
    };
  }

  /** Deputy county heads who answer for key projects (包联). */
  get leaders(): readonly string[] {
    return ['deputy-head-1', 'deputy-head-2', 'deputy-head-3'].map((person) => this.nameOf(person));
  }

  private hired(department: string, reviewer: number): Staff {
    const actor = (post: keyof typeof POSTS, name: string, role: string): Actor => ({
      person: this.nameOf(`${department}-${name}`),
      ...{ post: POSTS[post], department, role },
    });
    return {
      window: actor('window', 'window', 'window'),
      reviewer: actor('reviewer', `reviewer-${reviewer}`, 'reviewer'),
      deputy: actor('deputy', 'deputy', 'department-head'),
      head: actor('head', 'head', 'department-head'),
    };
  }

  private nameOf(person: string): string {
    return this.named.get(person) ?? person;
  }
}
