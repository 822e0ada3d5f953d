import { type Answers } from '#libs/law/catalogue';
import { type Plan } from './project-plan.js';
import { type Campaign, type ProjectRegistered } from './project.events.js';

/**
 * State of one project, `registered` with the applicant named and the matters added and struck since; `key` names the leader responsible for a key project (包联),
 * `campaigns` the campaigns it belongs to.
 */
export type ProjectState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'registered';
      readonly registered: ProjectRegistered['data'];
      /** The department whose office registered it, null for an office of none; left out where its applicant did. */
      readonly registrar?: string | null;
      readonly key: { readonly leader: string; readonly reason: string } | null;
      /** Matters on which advice was requested and is still due; absent if there are none. */
      readonly asked?: readonly string[];
      readonly campaigns: readonly Campaign[];
      /** Answers to the questionnaire; absent before the first. */
      readonly answers?: Answers;
      /** Every matter it ever had; absent until one is added or struck. */
      readonly plan?: Plan;
      /** Matters that its template did not open; absent if there are none. */
      readonly taken?: readonly string[];
    };

/** A project that there is. */
export type RegisteredProject = Extract<ProjectState, { at: 'registered' }>;

export const planOf = ({ plan, registered: { applications } }: RegisteredProject): Plan =>
  plan ?? { all: applications, struck: [] };
