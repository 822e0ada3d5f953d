import { type EscalationLevel } from '#libs/county/approval';
import { type DomainEvent } from '#libs/engine/event-sourcing';

/** What the canary passes on its way: the yellow lamp, then the levels of the ladder. */
export type CanaryRung = 'yellow' | EscalationLevel;

/**
 * An artificial application (金丝雀): one a day, late from the start, which the ladder has to escalate to its top. It is in no
 * stream of an application, so no report counts it.
 */
export type CanaryReleased = DomainEvent<
  'CanaryReleased',
  1,
  { readonly day: string; readonly rungs: readonly CanaryRung[] }
>;

/** The ladder took the canary one rung up. */
export type CanaryClimbed = DomainEvent<
  'CanaryClimbed',
  1,
  { readonly day: string; readonly rung: CanaryRung; readonly left: number }
>;

export type CanaryEvent = CanaryReleased | CanaryClimbed;
