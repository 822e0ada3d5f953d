import { dayOf, type WorkingCalendar, workingDaysBetween } from '#libs/law/calendar';
import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import { secondMustBeAnother } from '../handling/handling.rules.js';
import { mustBeAnInstant } from '../core/times.rules.js';
import { rateService } from './rating.acts.js';
import { type RateService } from './rating.commands.js';
import { type ServiceRated } from './rating.events.js';
import {
  type CorrectionFacts,
  type CorrectRecord,
  type RecordBackEntry,
  type RecordCommand,
} from './record.commands.js';
import { type BackEntryRecorded, type RecordCorrected, type RecordEvent } from './record.events.js';
import {
  backEntryMustBeLate,
  correctionMustChange,
  mustHaveHappened,
  textMustBeThere,
} from './record.rules.js';
import { type WithCorrections, type WithRatings } from './record.state.js';

function correctRecord(
  state: SubmittedApplication & WithCorrections,
  command: CorrectRecord,
  facts: CorrectionFacts,
): RecordCorrected {
  const { revision, field, value, reason } = command;
  const { type, before } = textMustBeThere(state, command, facts);
  correctionMustChange(state.application, before, value);
  return {
    type: 'RecordCorrected',
    version: 1,
    data: { ...idOf(state), corrects: revision, correctsType: type, field, before, after: value, reason },
  };
}

function recordBackEntry(
  calendar: WorkingCalendar,
  state: SubmittedApplication & WithCorrections,
  command: RecordBackEntry,
): BackEntryRecorded {
  const { step, second = null, reason, scan, meta } = command;
  mustBeAnInstant('now', meta.now);
  secondMustBeAnother(state.application, second, meta);
  mustHaveHappened(state.application, meta);
  const workingDays = workingDaysBetween(calendar, dayOf(meta.occurredAt), dayOf(meta.now));
  backEntryMustBeLate(state.application, meta.occurredAt, workingDays);
  return {
    type: 'BackEntryRecorded',
    version: 1,
    data: { ...idOf(state), step, ...(second !== null && { second }), reason, scan, workingDays },
  };
}

export const RECORD_DECISIONS: Decide<
  RecordCommand | RateService,
  RecordEvent | ServiceRated,
  SubmittedApplication & WithCorrections & WithRatings
> = {
  CorrectRecord: (state, command, _, facts) => [correctRecord(state, command, facts)],
  RecordBackEntry: (state, command, calendar) => [recordBackEntry(calendar, state, command)],
  RateService: (state, command, _, facts) => [rateService(state, command, facts)],
};
