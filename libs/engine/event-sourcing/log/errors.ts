import type { JsonObject } from '../tools/json.js';

/**
 * Why a command is refused: `state` = the law does not allow it at this stage, `input` = its content cannot be
 * accepted whatever the state, `permission` = this actor may not do it to this thing, `absent` = the thing it names
 * does not exist. The edge turns the kind into an answer; the domain knows no HTTP.
 */
export type ViolationKind = 'state' | 'input' | 'permission' | 'absent';

/** A command the rules do not allow now. It leaves no event. `code` is stable, `params` fill the message. */
export class RuleViolation extends Error {
  override readonly name = 'RuleViolation';

  constructor(
    readonly code: string,
    readonly params: JsonObject = {},
    readonly kind: ViolationKind = 'state',
    /** The article of law that forbids it, as cited to the user, e.g. `行政许可法 Art. 32`. */
    readonly article: string | null = null,
  ) {
    super(`${code} ${JSON.stringify(params)}`);
  }
}

/** The stream is not where the writer thought it was. `null` means that the stream does not exist. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';

  constructor(
    readonly stream: string,
    readonly expected: bigint | null,
    readonly actual: bigint | null,
  ) {
    super(`${stream}: expected revision ${expected ?? 'none'}, found ${actual ?? 'none'}`);
  }
}

/** Who changed a thing last, when that was recorded, and by which type of event. */
export type LastChange = { readonly by: string; readonly at: string; readonly type: string };

/** The caller pinned a revision (`If-Match`) that is no longer the stream's. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';

  constructor(
    readonly stream: string,
    readonly pinned: bigint,
    readonly actual: bigint | null,
    /** The event by which it became what it is; null where the caller is not to know. */
    readonly last: LastChange | null = null,
  ) {
    super(`${stream}: pinned revision ${pinned}, found ${actual ?? 'none'}`);
  }
}

/** The same command id came with another content: not a retry. */
export class CommandIdReused extends Error {
  override readonly name = 'CommandIdReused';

  constructor(
    readonly commandId: string,
    readonly stream: string,
  ) {
    super(`command id ${commandId} was used before with another content in ${stream}`);
  }
}

/** A caller's key was used for another thing: not a retry, whatever the command says. */
export class KeyUsedElsewhere extends Error {
  override readonly name = 'KeyUsedElsewhere';

  constructor(
    readonly key: string,
    /** What it was used for. */
    readonly thing: string,
  ) {
    super(`key ${key} was used before for ${thing}`);
  }
}

/** The engine behind a port is away, full or too slow. Nothing was acknowledged; the call may be repeated as it was. */
export class StoreUnavailable extends Error {
  override readonly name: string = 'StoreUnavailable';

  constructor(
    readonly engine: string,
    readonly reason: string,
    options?: { cause: unknown },
  ) {
    super(`${engine}: ${reason}`, options);
  }
}

/** The disk has no more room than what is kept in reserve. As soon as there is more, the same call is taken. */
export class StoreFull extends StoreUnavailable {
  override readonly name = 'StoreFull';
}

/**
 * Why an embedded store can never be used again by this process. `other-data`: its files are not those that were opened;
 * `input-output`: the disk failed to write.
 */
export type StoreFault = 'other-data' | 'input-output';

/** What was accepted may or may not be stored, and nothing more is: the process has to end, and be started anew. */
export class StoreBroken extends StoreUnavailable {
  override readonly name = 'StoreBroken';

  constructor(
    engine: string,
    reason: string,
    readonly fault: StoreFault,
    options?: { cause: unknown },
  ) {
    super(engine, reason, options);
  }
}

/**
 * What is stored is not what was written: a checksum is wrong, or something is missing between its neighbours. Nothing of it
 * is served, and asking again does not help: a person has to act.
 */
export class LogDamaged extends Error {
  override readonly name = 'LogDamaged';

  constructor(
    /** Of the first event that cannot be read; null where the damage is in no event's place. */
    readonly position: bigint | null,
    /** Null where it is not known whose the damaged bytes were. */
    readonly stream: string | null,
    readonly reason: string,
    options?: { cause: unknown },
  ) {
    const at = position === null ? '' : ` at position ${position}`;
    super(`the log is damaged${at}${stream === null ? '' : `, stream ${stream}`}: ${reason}`, options);
  }
}

/** What is stored of the read models is not what was written. They hold nothing of their own: the log makes them anew. */
export class ReadModelsDamaged extends Error {
  override readonly name = 'ReadModelsDamaged';

  constructor(readonly reason: string) {
    super(`the read models are damaged: ${reason}`);
  }
}

/** How an operator finds out that a log is not the expected one. */
const OTHER_LOG = {
  'read-models': ['the read models were not filled from this log', 'Restore the log that belongs to them'],
  acknowledged: ['this log lacks what was acknowledged', 'Restore its newest copy'],
} as const;

/**
 * The log is not the one that the read models were filled from, or that was acknowledged: nothing is seeded, and no command is
 * taken.
 */
export class OtherLog extends Error {
  override readonly name = 'OtherLog';

  constructor(
    readonly reason: string,
    foundBy: keyof typeof OTHER_LOG = 'read-models',
  ) {
    const [found, advice] = OTHER_LOG[foundBy];
    super(
      `${found}: ${reason}. ${advice}; ` +
        'if this log is the right one, stop every server and run: npm run ops -- rebuild --accept-log',
    );
  }
}

/** One event, serialised, is larger than any store takes. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';

  constructor(
    readonly stream: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`${stream}: an event of ${bytes} bytes is above the limit of ${limit}`);
  }
}

/** A programming error: an event id, type or stream name that no store may be given. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';
}

/** Closes a switch over a union: a forgotten case does not compile, and an unknown value from a store is not ignored. */
export function impossible(value: never): never {
  throw new Error(`impossible case: ${JSON.stringify(value)}`);
}
