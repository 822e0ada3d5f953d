import { type ProjectRegistered, type Campaign } from './project.events.js';

/**
 * State of one project, `registered` with the applicant named since; `key` names the leader responsible for a key project (包联),
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
    };

/** A project that there is. */
export type RegisteredProject = Extract<ProjectState, { at: 'registered' }>;
