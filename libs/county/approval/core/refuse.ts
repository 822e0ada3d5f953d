import { type JsonObject, RuleViolation, type ViolationKind } from '#libs/engine/event-sourcing';
import { type CORE_MESSAGES } from './core.messages.js';

type Messages = Readonly<Record<string, { readonly zh: string; readonly en: string }>>;

/** @throws RuleViolation always */
type Refuse<Table extends Messages> = (
  code: keyof (Table & typeof CORE_MESSAGES) & string,
  params: JsonObject,
  kind: ViolationKind,
  article?: string | null,
) => never;

/** A chapter refuses with a code of its own table of messages, or with one of those that all chapters share. */
export const refusing =
  <Table extends Messages>(_: Table): Refuse<Table> =>
  (code, params, kind, article = null) => {
    throw new RuleViolation(code, params, kind, article);
  };
