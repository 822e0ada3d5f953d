/** One application that a project's template opens; it starts to run when the applicant submits it. */
export type OpenedApplication = {
  readonly application: string;
  readonly matter: string;
  readonly matterName: string;
  readonly stage: string;
  readonly department: string | null;
  /** Ids of applications of this project that must be granted first. */
  readonly prerequisites: readonly string[];
};
