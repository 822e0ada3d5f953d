import type { Actor } from '../log/event.js';
import type { CommandMeta } from './decider.js';

/** One of the system's own parts as an actor. No account has this role. */
export const systemActor = (person: string): Actor => ({
  person,
  post: null,
  department: null,
  role: 'system',
});

/**
 * Meta of a command that comes from no HTTP request: a policy, an import, the seed, the command line. It happened now,
 * unless `occurredAt` says when.
 */
export function systemMeta({
  commandId,
  actor,
  now,
  occurredAt = now,
  correlationId = commandId,
  causationId = null,
}: Pick<CommandMeta, 'commandId' | 'actor' | 'now'> &
  Partial<Pick<CommandMeta, 'occurredAt' | 'correlationId' | 'causationId'>>): CommandMeta {
  return {
    commandId,
    actor,
    onBehalfOf: null,
    occurredAt,
    now,
    correlationId,
    causationId,
    traceparent: null,
    expectedRevision: null,
  };
}

/** Meta of a command that is part of carrying out another: by the same person, at the same time, on another stream. */
export function metaOfPart(whole: CommandMeta, commandId: string): CommandMeta {
  return { ...whole, commandId, causationId: whole.commandId, expectedRevision: null };
}
