import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';

/** @throws RuleViolation always; a test proves that its code has a message in both languages. */
export function refuse(
  code: `application.${string}`,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}
