import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/event-sourcing';
import { type ApprovalViolation } from './approval.messages.js';

/** Refuses a command; `article` is the law that asks for it, as cited. */
export function refuse(
  code: ApprovalViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}
