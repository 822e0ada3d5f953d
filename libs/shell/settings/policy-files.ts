import { ArrayMaxSize, IsArray, IsIn, Matches, ValidateNested } from 'class-validator';
import { Type } from 'class-transformer';
import {
  type CounterHours,
  ESCALATION_LEVELS,
  type EscalationLevel,
  INTERNAL_STEPS,
  type InternalStep,
  NUMBERED_DOCUMENTS,
  type NumberedDocument,
  type NumberRules,
  type SignalSettings,
} from '#libs/county/approval';
import { type SessionSchedule, type Shift, SHIFTS } from '#libs/county/coordination';
import { type RequestTerms } from '#libs/county/requests';
import { OfficeHours, type OfficeSession } from '#libs/law/calendar';
import { EachOnce, Name, OptionalName } from '#libs/shell/nest';
import { AsAWhole, ListOf, settingsReader, VersionLabel, Whole } from './settings-reader.js';

// The files of data/policies, a class each.

const MOST_ENTRIES = 1_000;
const MOST_DAYS = 365;
const MOST_MONTHS = 120;
/** Of the days in which something has to be noticed or ruled on: a working year. */
const MOST_SIGNAL_DAYS = 250;
const MOST_ANSWER_DAYS = 60;
/** Stretches of work in a day. */
const MOST_SESSIONS = 10;
/** A session's agenda is one event, and an event has an upper limit. */
const MOST_AGENDA_ITEMS = 200;

class Rung {
  @IsIn(ESCALATION_LEVELS)
  level!: EscalationLevel;
  @Whole(0, MOST_DAYS)
  afterWorkingDays!: number;
}

const levelsOf = (ladder: readonly unknown[]): string =>
  ladder.map((rung) => (rung as { readonly level?: unknown } | null)?.level).join();

class EscalationFile {
  @VersionLabel()
  version!: string;
  @AsAWhole(
    'isLadder',
    `must name ${ESCALATION_LEVELS.join(', ')}, in this order, each once`,
    (ladder) => levelsOf(ladder) === ESCALATION_LEVELS.join(),
  )
  @ListOf(() => Rung, ESCALATION_LEVELS.length)
  ladder!: readonly Rung[];
}

class StepLimitEntry {
  @IsIn(INTERNAL_STEPS)
  step!: InternalStep;
  @OptionalName()
  department?: string;
  @Whole(0, MOST_DAYS)
  workingDays!: number;
}

class StepLimitsFile {
  @VersionLabel()
  version!: string;
  @EachOnce('step', 'department')
  @ListOf(() => StepLimitEntry, MOST_ENTRIES)
  steps!: readonly StepLimitEntry[];
}

class UseWithin {
  @Name()
  matter!: string;
  @Whole(1, MOST_MONTHS)
  months!: number;
  @Name()
  article!: string;
}

class PermitsFile {
  @VersionLabel()
  version!: string;
  /** More than the thirty days before the end in which the holder must have applied (行政许可法 Art. 50). */
  @Whole(31, MOST_DAYS)
  renewalNoticeDays!: number;
  @Whole(0, MOST_DAYS)
  noticeWorkingDays!: number;
  @EachOnce('matter')
  @ListOf(() => UseWithin, MOST_ENTRIES)
  useWithin!: readonly UseWithin[];
}

class SignalsFile implements SignalSettings {
  @Whole(1, MOST_SIGNAL_DAYS)
  idleWorkingDays!: number;
  @Whole(1, MOST_SIGNAL_DAYS)
  backEntryWorkingDays!: number;
  @Whole(1, MOST_SIGNAL_DAYS)
  rulingWorkingDays!: number;
}

const isAscending = (days: readonly unknown[]): boolean =>
  days.every((day, index) => index === 0 || Number(day) > Number(days[index - 1]));

class SessionsFile implements SessionSchedule {
  @VersionLabel()
  version!: string;
  @AsAWhole(
    'isDaysOfMonth',
    'must be days of the month from 1 to 28, ascending, at least one',
    (days) =>
      days.length > 0 &&
      days.every((day) => Number.isInteger(day) && Number(day) >= 1 && Number(day) <= 28) &&
      isAscending(days),
  )
  @IsArray()
  @ArrayMaxSize(28)
  days!: readonly number[];
  @IsIn(SHIFTS)
  shift!: Shift;
  @Whole(1, MOST_AGENDA_ITEMS)
  agendaLimit!: number;
}

const FORM_PARTS = '(?:[^{}]|\\{(?:word|kind|year|month|day)\\})*';

/** A form that counts once, and says these parts: without the year, or the department, two would count the same. */
const NumberForm = (...parts: readonly string[]) =>
  Matches(
    new RegExp(
      `^${parts.map((part) => `(?=.*\\{${part}\\})`).join('')}${FORM_PARTS}\\{number(?::[1-9])?\\}${FORM_PARTS}$`,
    ),
    {
      message: `must contain ${[...parts, 'number'].map((part) => `{${part}}`).join(', ')}, and in braces nothing but word, kind, year, month, day, number`,
    },
  );

class DocumentForm {
  @IsIn(NUMBERED_DOCUMENTS)
  document!: NumberedDocument;
  @NumberForm('word', 'year')
  @Name()
  form!: string;
}

class MatterWordsEntry {
  @Name()
  licence!: string;
  @Name()
  other!: string;
}

class DepartmentWord {
  @Name()
  department!: string;
  @Name()
  word!: string;
}

class PermitForm {
  @Name()
  matter!: string;
  @NumberForm('year')
  @Name()
  form!: string;
}

const documentsOf = (forms: readonly unknown[]): readonly unknown[] =>
  forms.map((one) => (one as { readonly document?: unknown } | null)?.document);

class DocumentNumbersFile implements NumberRules {
  @VersionLabel()
  version!: string;
  @AsAWhole('isEveryDocument', `must name ${NUMBERED_DOCUMENTS.join(', ')}, each once`, (forms) => {
    const named = documentsOf(forms);
    return (
      named.length === NUMBERED_DOCUMENTS.length && NUMBERED_DOCUMENTS.every((one) => named.includes(one))
    );
  })
  @EachOnce('form')
  @ListOf(() => DocumentForm, NUMBERED_DOCUMENTS.length)
  documents!: readonly DocumentForm[];
  @ValidateNested()
  @Type(() => MatterWordsEntry)
  kinds!: MatterWordsEntry;
  @EachOnce('department')
  @ListOf(() => DepartmentWord, MOST_ENTRIES)
  departments!: readonly DepartmentWord[];
  @Name()
  otherDepartments!: string;
  @EachOnce('matter')
  @ListOf(() => PermitForm, MOST_ENTRIES)
  permits!: readonly PermitForm[];
}

class AnswerDays {
  @Whole(1, MOST_ANSWER_DAYS)
  normal!: number;
  @Whole(1, MOST_ANSWER_DAYS)
  urgent!: number;
  @Whole(1, MOST_ANSWER_DAYS)
  critical!: number;
}

class RequestsFile implements RequestTerms {
  @ValidateNested()
  @Type(() => AnswerDays)
  answerWithinWorkingDays!: AnswerDays;
}

class Session implements OfficeSession {
  @Name()
  from!: string;
  @Name()
  to!: string;
}

/** They follow each other within a day, and none is empty; without any, business ends at 24:00. */
const areOfficeHours = (sessions: readonly unknown[]): boolean => {
  if (sessions.length === 0) return true;
  try {
    return new OfficeHours(sessions as readonly OfficeSession[]).minutesADay > 0;
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return false;
    throw error;
  }
};
const IN_ORDER = 'must be times of a day (HH:MM) that follow each other';

class CounterEntry {
  @Name()
  department!: string;
  @AsAWhole('isOfficeHours', IN_ORDER, areOfficeHours)
  @ListOf(() => Session, MOST_SESSIONS)
  sessions!: readonly Session[];
}

class OfficeHoursFile implements CounterHours {
  @VersionLabel()
  version!: string;
  @AsAWhole('isOfficeHours', IN_ORDER, areOfficeHours)
  @ListOf(() => Session, MOST_SESSIONS)
  sessions!: readonly Session[];
  @EachOnce('department')
  @ListOf(() => CounterEntry, MOST_ENTRIES)
  departments!: readonly CounterEntry[];
}

export const readEscalation = settingsReader(EscalationFile, 'escalation.yaml');
export const readStepLimits = settingsReader(StepLimitsFile, 'step-limits.yaml');
export const readPermits = settingsReader(PermitsFile, 'permits.yaml');
export const readSignals = settingsReader(SignalsFile, 'signals.yaml');
export const readSessions = settingsReader(SessionsFile, 'joint-review.yaml');
export const readOfficeHours = settingsReader(OfficeHoursFile, 'office-hours.yaml');
export const readDocumentNumbers = settingsReader(DocumentNumbersFile, 'document-numbers.yaml');
export const readRequests = settingsReader(RequestsFile, 'requests.yaml');
