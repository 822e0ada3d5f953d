import { type Actor, type DomainEvent, type JsonObject } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** Who did it; a type of its own, since data of events has to be plain. */
type Doer = { readonly [Field in keyof Actor]: Actor[Field] };

/** What a correction changes in an event: when it happened, who did it, and what it says. */
export type Reading = {
  readonly occurredAt: string;
  readonly actor: Doer;
  readonly data: JsonObject;
};

/** An event of an imported application as it was read until a correction. Ids, revisions and positions are those of the log. */
export type ReadEvent = Reading & {
  readonly id: string;
  readonly stream: string;
  readonly revision: string;
  readonly position: string;
  readonly type: string;
  readonly version: number;
  readonly recordedAt: string;
  readonly commandId: string;
};

/** A reading, and which event of the list `before` it is of. */
export type NewReading = Reading & { readonly of: number };

/** One value of the log that differs from what was recorded. */
export type ImportedChange = {
  /** Line in the file that was imported now. */
  readonly line: number;
  /** Revision of the event in its stream; the project's own stream where `ofProject`. */
  readonly revision: string;
  readonly ofProject: boolean;
  /** As the mapping calls it: time, person, department, activity, start, end, plannedEnd … */
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
};

/**
 * 导入更正: the log that an application was imported from says otherwise now. The events stay as they were written; from here on
 * the application is read as `after` has it, in that order. Both lists are whole, since who held the application until a row also
 * depends on the rows before it.
 */
export type ImportedCaseCorrected = DomainEvent<
  'ImportedCaseCorrected',
  1,
  Id & {
    readonly log: string;
    readonly changes: readonly ImportedChange[];
    readonly before: readonly ReadEvent[];
    readonly after: readonly NewReading[];
  }
>;
