import { type CommandMeta } from '#libs/engine/event-sourcing';

/** Holds an application pending a dispute; sent when the dispute is raised, never by a person. */
export interface HoldForDispute {
  readonly type: 'HoldForDispute';
  readonly id: string;
  readonly dispute: string;
  readonly departments: readonly string[];
  readonly reason: string;
  readonly meta: CommandMeta;
}

/** Gives an application to the department that was ruled to be competent; sent when the ruling is made. */
export interface AssignJurisdiction {
  readonly type: 'AssignJurisdiction';
  readonly id: string;
  readonly dispute: string;
  readonly department: string;
  readonly reason: string;
  readonly meta: CommandMeta;
}

export type JurisdictionCommand = HoldForDispute | AssignJurisdiction;
