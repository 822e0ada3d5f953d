import { type CommandMeta } from '#libs/engine/event-sourcing';

/** Says that an application stands still; sent by the policy over idle holders, never by a person. */
export interface FlagIdleHolder {
  readonly type: 'FlagIdleHolder';
  readonly id: string;
  /** The last act that the watch saw, by its id, and when it took effect (ISO instant). */
  readonly lastEvent: string;
  readonly since: string;
  /** Working days without an act that make a standstill. */
  readonly idleWorkingDays: number;
  readonly meta: CommandMeta;
}
