import { type Json, type JsonObject, type Receipt, type RehearsedEvent } from '#libs/engine/event-sourcing';
import { withoutSecrets } from './secrets.js';

/** An event that the command would have recorded. */
type DryRunEvent = {
  readonly stream: string;
  readonly revision: string;
  readonly type: string;
  readonly data: Json;
};

/** What a command would have recorded, had it not been a dry run (`Prefer: handling=dry-run`). Nothing of it is stored. */
export type DryRun = {
  readonly id: string;
  /** Revision of the thing after the command. */
  readonly revision: string;
  /** Empty when there would be nothing to record. */
  readonly events: readonly DryRunEvent[];
  /** Which numbers of documents are those that would be counted now: another act may have them first. */
  readonly provisional: readonly string[];
};

/** The type of event by which a number is counted, see libs/engine/counters. */
const COUNTED = 'NumberTaken';

export function dryRun(
  command: { readonly id: string },
  { revision, details = {} }: Receipt,
  events: readonly RehearsedEvent[],
): DryRun {
  return {
    id: command.id,
    revision: `${revision}`,
    events: events.map(({ stream, revision: at, type, data }) => ({
      ...{ stream, revision: `${at}`, type },
      data: withoutSecrets(data),
    })),
    provisional: events.some(({ type }) => type === COUNTED) ? numbersIn(details, command) : [],
  };
}

/** Texts of the receipt that the caller did not send. */
function numbersIn(details: JsonObject, command: object): readonly string[] {
  const sent = new Set<unknown>(Object.values(command));
  return Object.keys(details).filter((name) => typeof details[name] === 'string' && !sent.has(details[name]));
}
