import { type CommandMeta, systemActor, systemMeta } from '#libs/engine/event-sourcing';
import { type ApplicationReassigned, type ApplicationUnassigned } from './handover.events.js';

/** Takes an application back to the desk; sent when its holder has left the department, never by a person. */
export interface UnassignApplication extends Pick<
  ApplicationUnassigned['data'],
  'department' | 'person' | 'cause'
> {
  readonly type: 'UnassignApplication';
  readonly id: string;
  readonly meta: CommandMeta;
}

/** Part of the reassignment of all that a person has. */
export interface ReassignApplication extends Pick<ApplicationReassigned['data'], 'from' | 'to' | 'reason'> {
  readonly type: 'ReassignApplication';
  readonly id: string;
  readonly meta: CommandMeta;
}

export type HandoverCommand = UnassignApplication | ReassignApplication;

const FOLLOW_UP = systemActor('departure-follow-up');

/** The id of that command: one for an application as it stood at a revision. */
export const unassignmentId = (application: string, person: string, revision: string): string =>
  `departure/${application}/${person}/${revision}`;

/** However often it is sent, it is done once. `at`: the ISO instant from which on the time is the desk's, but for what was done since. */
export function unassigning(
  application: string,
  of: Pick<UnassignApplication, 'department' | 'person' | 'cause'>,
  { revision, at, now }: { readonly revision: string; readonly at: string; readonly now: string },
): UnassignApplication {
  return {
    type: 'UnassignApplication',
    id: application,
    ...of,
    meta: systemMeta({
      commandId: unassignmentId(application, of.person, revision),
      actor: FOLLOW_UP,
      occurredAt: at,
      now,
      correlationId: `departure/${of.person}`,
    }),
  };
}
