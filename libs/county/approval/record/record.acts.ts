import { dayOf, workingDaysBetween, type WorkingCalendar } from '#libs/law/calendar';
import { mustBeAnInstant } from '../application/application.acts.js';
import { type Existing, idOf } from '../application/application.state.js';
import { type CorrectRecord, type RecordBackEntry } from './record.commands.js';
import { type BackEntryRecorded, type RecordCorrected } from './record.events.js';
import * as rules from './record.rules.js';

export function correctRecord(state: Existing, command: CorrectRecord): RecordCorrected {
  const { revision, field, value, reason } = command;
  const { type, before } = rules.textMustBeThere(state, command);
  rules.correctionMustChange(state.application, before, value);
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
  rules.mustHaveHappened(state.application, meta);
  const workingDays = workingDaysBetween(calendar, dayOf(meta.occurredAt), dayOf(meta.now));
  rules.backEntryMustBeLate(state.application, meta.occurredAt, workingDays);
  return {
    type: 'BackEntryRecorded',
    version: 1,
    data: { ...idOf(state), step, reason, scan, workingDays },
  };
}
