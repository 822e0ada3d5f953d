import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type ApplicationFacts } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { type CorrectionFacts, type CorrectRecord } from './record.commands.js';
import { type WithCorrections } from './record.state.js';
import { RECORD_MESSAGES } from './record.messages.js';

const refuse = refusing(RECORD_MESSAGES);

/**
 * The text on record now: that of the event, or of an earlier correction. Only texts are corrected; what an event decided is
 * undone by another act, never by a correction.
 */
export function textMustBeThere(
  state: ApplicationFacts & WithCorrections,
  { revision, field }: CorrectRecord,
  { original }: CorrectionFacts,
): { readonly type: string; readonly before: string | null } {
  const { application } = state;
  if (original === null) return refuse('application.no-such-record', { application, revision }, 'input');
  const { type, data } = original;
  const text = Object.hasOwn(data, field) ? data[field] : undefined;
  if (text !== null && typeof text !== 'string') {
    return refuse('application.nothing-to-correct', { application, revision, field, event: type }, 'input');
  }
  const earlier = state.corrections?.find((one) => one.corrects === revision && one.field === field);
  return { type, before: earlier?.after ?? text };
}

/** A correction changes something. */
export function correctionMustChange(application: string, before: string | null, after: string): void {
  if (before !== after) return;
  refuse('application.correction-changes-nothing', { application, text: after }, 'input');
}

/** What is still to come cannot have happened. */
export function mustHaveHappened(application: string, { occurredAt, now }: CommandMeta): void {
  if (occurredAt > now) refuse('application.not-happened-yet', { application, occurredAt }, 'input');
}

/** What happened today is recorded as what it is: only what is entered a working day later or more is a back-entry. */
export function backEntryMustBeLate(application: string, occurredAt: string, workingDays: number): void {
  if (workingDays < 1) refuse('application.no-back-entry', { application, occurredAt }, 'input');
}
