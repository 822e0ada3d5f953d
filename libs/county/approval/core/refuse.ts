import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import { type ApprovalViolation } from '../application/application.messages.js';

/** The law whose articles the rules cite: 行政许可法 (Administrative Licensing Law), text of 2019. */
export const LICENSING_LAW = '行政许可法';

/** @throws RuleViolation always; its code has a message in both languages. */
export function refuse(
  code: ApprovalViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}
