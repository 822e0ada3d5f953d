import { dayOf, type WorkingCalendar, workingDaysBetween } from '#libs/law/calendar';
import { type Existing, idOf } from '../core/facts.js';
import { mustBeAnInstant } from '../core/times.rules.js';
import { type CorrectRecord, type RecordBackEntry } from './record.commands.js';
import { type BackEntryRecorded, type RecordCorrected } from './record.events.js';
import {
  backEntryMustBeLate,
  correctionMustChange,
  mustHaveHappened,
  textMustBeThere,
} from './record.rules.js';

export function correctRecord(state: Existing, command: CorrectRecord): RecordCorrected {
  const { revision, field, value, reason } = command;
  const { type, before } = textMustBeThere(state, command);
  correctionMustChange(state.application, before, value);
  return {
    type: 'RecordCorrected',
    version: 1,
    data: { ...idOf(state), corrects: revision, correctsType: type, field, before, after: value, reason },
  };
}

export function recordBackEntry(
  calendar: WorkingCalendar,
  state: Existing,
  { step, reason, scan, meta }: RecordBackEntry,
): BackEntryRecorded {
  mustBeAnInstant('now', meta.now);
  mustHaveHappened(state.application, meta);
  const workingDays = workingDaysBetween(calendar, dayOf(meta.occurredAt), dayOf(meta.now));
  backEntryMustBeLate(state.application, meta.occurredAt, workingDays);
  return {
    type: 'BackEntryRecorded',
    version: 1,
    data: { ...idOf(state), step, reason, scan, workingDays },
  };
}
