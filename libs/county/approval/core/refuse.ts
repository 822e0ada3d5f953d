import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';

/** The law whose articles the rules cite: 行政许可法 (Administrative Licensing Law), text of 2019. */
export const LICENSING_LAW = '行政许可法';

/** @throws RuleViolation always; a test proves that its code has a message in both languages. */
export function refuse(
  code: `application.${string}`,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}
