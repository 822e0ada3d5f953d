import { systemActor, systemMeta, type CommandMeta } from '#libs/engine/event-sourcing';
import { type ApplicationTakenOver } from './succession.events.js';

/** Gives an application to the successor of a department; sent by the follow-up of a reform, never by a person. */
export interface TakeOverApplication {
  readonly type: 'TakeOverApplication';
  readonly id: string;
  readonly from: string;
  readonly department: string;
  readonly meta: CommandMeta;
}

const FOLLOW_UP = systemActor('succession-follow-up');

/** The id of that command: one for an application as it stood at a revision. */
export const takeOverId = (application: string, from: string, revision: string): string =>
  `succession/${application}/${from}/${revision}`;

/**
 * The command by which a successor takes over an application at a revision: however often it is sent, it is done once. `at`:
 * the ISO instant from which on the time is the successor's, but for what was done since.
 */
export function takingOver(
  { application, from, department }: Omit<ApplicationTakenOver['data'], 'project' | 'custody'>,
  { revision, at, now }: { readonly revision: string; readonly at: string; readonly now: string },
): TakeOverApplication {
  return {
    type: 'TakeOverApplication',
    id: application,
    from,
    department,
    meta: systemMeta({
      commandId: takeOverId(application, from, revision),
      actor: FOLLOW_UP,
      occurredAt: at,
      now,
      correlationId: `succession/${from}`,
    }),
  };
}
