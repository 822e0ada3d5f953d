import { type Actor, type CommandMeta } from '#libs/event-sourcing';

/** In whose name time acts. No account has this role. */
export const CLOCK: Actor = { person: 'clock', post: null, department: null, role: 'system' };

/** Meta of a command that a policy sends: it happened when it fell due, and `work` names it the same in every process. */
export function policyMeta(work: string, at: string, now: string): CommandMeta {
  return {
    commandId: work,
    actor: CLOCK,
    onBehalfOf: null,
    occurredAt: at,
    now,
    correlationId: work,
    causationId: null,
    traceparent: null,
    expectedRevision: null,
  };
}
