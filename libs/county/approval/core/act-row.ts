import { type StatuteReference } from '#libs/law/citations';
import { type Role } from '#libs/shell/roles';
import { type Stage } from './stage.js';

/**
 * All that is known of one act, in one place. Each chapter has a table of its rows (`*.table.ts`); the route, the rules on
 * stages and competence, what a window may do, what a foreign log may say and what refusals call the act read it.
 */
export type ActRow = {
  /** Last part of the URL: POST /applications/{id}/acceptance. */
  readonly path: string;
  /** Whom the route lets in; `by` says whose business it is. */
  readonly roles: readonly Role[];
  readonly by: Competence;
  /** Stages at which it is allowed. */
  readonly stages: readonly Stage[];
  /** What it rests on; null where no law speaks of it. */
  readonly article: StatuteReference | null;
  /** What officials call it. */
  readonly zh: string;
  readonly en: string;
  /** Whether it may be done while the clock stands still. */
  readonly whileSuspended: boolean;
  /** Whether it may be done while departments differ over whose the application is. */
  readonly whileDisputed: boolean;
  /** What the window may do of it: its own office until it is reserved, or only by delegation; null where none decides. */
  readonly window: 'own' | 'delegated' | null;
  /** Whether a row of a foreign log can say everything about it. */
  readonly inLogs: boolean;
};

/** Whose business an act is. `department`: the department's, on its own applications. */
type Competence =
  'department' | 'applicant' | 'hand-in' | 'anyone-concerned' | 'grantor' | 'consulted' | 'organ-or-superior';

type Rows = { readonly [type: string]: ActRow };

/** Names each row of a table by its key, the name of the command. */
export function actRows<const Table extends Rows>(
  table: Table,
): { readonly [Type in keyof Table & string]: Table[Type] & { readonly type: Type } } {
  const named = Object.entries(table).map(([type, row]) => [type, { type, ...row }]);
  return Object.fromEntries(named) as {
    readonly [Type in keyof Table & string]: Table[Type] & { readonly type: Type };
  };
}

/** Stages of an application that has no end yet and may still be moved. */
export const UNDECIDED = ['submitted', 'supplement-requested', 'accepted', 'returned'] as const;
