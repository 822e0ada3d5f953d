import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type EscalationLevel, type Id } from '../core/terms.js';

/** 提级. The holder stays responsible: a higher level watches, it does not take the application over. */
export type ApplicationEscalated = DomainEvent<
  'ApplicationEscalated',
  1,
  Id & { readonly level: EscalationLevel; readonly from: EscalationLevel | null; readonly reason: string }
>;

/** The levels that an escalation passed over, and why (能自行协调解决的不得提交更高层级). */
export type EscalationLevelSkipped = DomainEvent<
  'EscalationLevelSkipped',
  1,
  Id & { readonly skipped: readonly EscalationLevel[]; readonly reason: string }
>;

/** 退回下级协调: a level above sends down what can be solved below; null = back to the handler alone. */
export type ApplicationSentDown = DomainEvent<
  'ApplicationSentDown',
  1,
  Id & { readonly level: EscalationLevel | null; readonly from: EscalationLevel; readonly reason: string }
>;

export type EscalationEvent = ApplicationEscalated | EscalationLevelSkipped | ApplicationSentDown;
