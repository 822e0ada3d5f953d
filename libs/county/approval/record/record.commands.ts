import { CASE_WORKERS } from '#libs/shell/roles';
import { type JsonObject } from '#libs/engine/event-sourcing';
import { AnyText, HttpCommand, Instant, Name, OptionalName, RefersTo, Text } from '#libs/shell/nest';
import { IsIn, IsInt, Matches, Max, Min } from 'class-validator';
import { CORRECTABLE_FIELDS, type CorrectableField } from './record.events.js';
import { ApplicationAct } from '../core/application-act.js';
import { RECORD_ACTS } from './record.table.js';

export type CorrectionFacts = {
  /** The event at that revision; null when there is none. */
  readonly original: { readonly type: string; readonly data: JsonObject } | null;
};

@ApplicationAct(RECORD_ACTS.CorrectRecord)
export class CorrectRecord extends HttpCommand<CorrectionFacts> {
  declare readonly type: 'CorrectRecord';
  /** Revision of the event in the application's stream, as the timeline gives it. */
  @Max(1_000_000)
  @Min(0)
  @IsInt()
  revision!: number;
  @IsIn(CORRECTABLE_FIELDS)
  field!: CorrectableField;
  @AnyText()
  value!: string;
  @Text()
  reason!: string;
}

@ApplicationAct(RECORD_ACTS.RecordBackEntry)
export class RecordBackEntry extends HttpCommand {
  declare readonly type: 'RecordBackEntry';
  @Name()
  step!: string;
  /** The other official of an on-site check, which takes two of the department (行政许可法 Art. 34 para. 3). */
  @RefersTo({ to: 'staff', of: 'actor', roles: CASE_WORKERS })
  @OptionalName()
  second?: string;
  /** When it happened, with a zone. */
  @Instant()
  happenedAt!: string;
  /** Why it was not entered then. */
  @Text()
  reason!: string;
  /** SHA-256 of the scanned paper, in hexadecimal. */
  @Matches(/^[0-9a-f]{64}$/)
  scan!: string;
}

export const RECORD_COMMANDS = [CorrectRecord, RecordBackEntry] as const;
export type RecordCommand = InstanceType<(typeof RECORD_COMMANDS)[number]>;
