import { type AgendaItem } from './session.events.js';

/** What was resolved on an application: who is responsible for it until when (ISO instant), and whether it was reported as done. */
export type Resolved = {
  readonly application: string;
  readonly department: string;
  readonly dueAt: string;
  readonly reported: boolean;
};

/** State of one joint review session. */
export type SessionState =
  | { readonly at: 'absent' }
  | { readonly at: 'scheduled'; readonly session: string; readonly nominalDay: string }
  | {
      readonly at: 'convened' | 'open' | 'closed' | 'missed';
      readonly session: string;
      readonly nominalDay: string | null;
      readonly day: string;
      readonly agenda: readonly AgendaItem[];
      readonly resolved: readonly Resolved[];
    };
