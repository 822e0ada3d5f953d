import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Id } from '../core/terms.js';

/** Texts of events that may hold a slip of the pen. What decides anything is not among them. */
export const CORRECTABLE_FIELDS = [
  'article',
  'compensation',
  'change',
  'finding',
  'method',
  'note',
  'opinion',
  'permit',
  'problem',
  'proposal',
  'question',
  'reason',
  'recipient',
  'remedies',
  'statement',
  'step',
] as const;

export type CorrectableField = (typeof CORRECTABLE_FIELDS)[number];

/** 更正: one text of an earlier event is to be read otherwise. The event itself stays as it was written. */
export type RecordCorrected = DomainEvent<
  'RecordCorrected',
  1,
  Id & {
    /** The event that is corrected: its place in the stream, and its type. */
    readonly corrects: number;
    readonly correctsType: string;
    readonly field: CorrectableField;
    /** As it was read until now; null where it was left open. */
    readonly before: string | null;
    readonly after: string;
    readonly reason: string;
  }
>;

/**
 * 补录: something that happened on paper is entered afterwards. `occurredAt` of its envelope is when it happened,
 * `recordedAt` when it was entered; it moves neither the application nor its clock.
 */
export type BackEntryRecorded = DomainEvent<
  'BackEntryRecorded',
  1,
  Id & {
    readonly step: string;
    /** The other official of an on-site check; left out where one person did it. */
    readonly second?: string;
    /** Why it was not entered when it happened. */
    readonly reason: string;
    /** SHA-256 of the scanned paper, in hexadecimal. */
    readonly scan: string;
    /** Working days between the two. */
    readonly workingDays: number;
  }
>;

export type RecordEvent = RecordCorrected | BackEntryRecorded;
