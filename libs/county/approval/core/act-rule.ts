import { type Stage } from './stage.js';

/** Where an act is allowed, what it is called, the article that puts it there, and who may act. */
export type ActRule = {
  readonly zh: string;
  readonly stages: readonly Stage[];
  readonly article: string | null;
  /** Left out: the department, on its own applications. */
  readonly by?:
    'applicant' | 'hand-in' | 'anyone-concerned' | 'grantor' | 'consulted' | 'organ-or-superior' | 'clock';
};

export const CASE_WORKERS = ['window', 'reviewer', 'department-head'] as const;
