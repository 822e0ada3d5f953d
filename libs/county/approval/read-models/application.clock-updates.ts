import { type ProjectionDefinition, type Recorded } from '#libs/engine/event-sourcing';
import { type WorkingCalendar } from '#libs/law/calendar';
import { type ApplicationEvent } from '../application/application.events.js';
import { type ClockEvent } from '../clock/clock.events.js';
import { type EscalationEvent } from '../escalation/escalation.events.js';
import { closed, stepAt, suspensionOf } from '../clock/clock.state.js';
import { applicationDueDates, submissionOf } from '../clock/due.js';
import { isSuspended } from '../core/clock-facts.js';
import { effectOf } from '../core/fold.js';
import { type DueDates } from '../core/terms.js';
import { changesDueDates } from '../intake/intake.state.js';
import { withDue } from './application.custody.js';
import { type ApplicationDocument } from './application.document.js';
import { procedureAfter } from './procedure.js';

type Handlers = ProjectionDefinition<ApplicationDocument, ApplicationEvent>['update'];

const revised = (document: ApplicationDocument, { revision }: { readonly revision: bigint }) => ({
  ...document,
  revision: revision.toString(),
});

/** One entry for each event of the clock and the ladder. */
export const clockUpdates: Required<Pick<Handlers, (ClockEvent | EscalationEvent)['type']>> = {
  ClockSuspended: (document, event) => {
    const { due, custody } = event.data;
    const from = effectOf(event);
    return withDue(
      {
        ...revised(document, event),
        holder: custody.holder,
        heldSince: from,
        person: null,
        ...procedureAfter(document, event),
        suspensions: [...document.suspensions, suspensionOf(event)],
      },
      due,
    );
  },
  ClockResumed: (document, event) => {
    const { due, custody } = event.data;
    const to = effectOf(event);
    return withDue(
      {
        ...revised(document, event),
        holder: custody.holder,
        heldSince: to,
        person: custody.holder?.person ?? null,
        responsible: custody.holder?.department ?? document.department,
        ...procedureAfter(document, event),
        suspensions: closed(document.suspensions, to),
      },
      due,
    );
  },
  TimeLimitExtended: (document, event) => {
    const { days, article, approvedBy: by, due } = event.data;
    const extensions = [...document.extensions, { days, article, by }];
    return withDue({ ...revised(document, event), extensions }, due);
  },
  ApplicationDeemedAccepted: (document, event) =>
    withDue(
      {
        ...revised(document, event),
        stage: 'accepted',
        receiptNumber: event.data.receiptNumber,
        acceptedAt: event.data.acceptedAt,
      },
      event.data.due,
    ),
  ApplicationWarned: (document, event) => {
    const { step, since } = event.data;
    const after = revised(document, event);
    if (step === null || since === null) return after;
    const at = event.metadata.occurredAt;
    const { yellow } = document.due;
    return withDue(
      { ...after, stepOverrun: { step, since, at, yellow } },
      { ...document.due, yellow: earlier(at, yellow) },
    );
  },
  ApplicationEscalated: (document, event) => ({ ...revised(document, event), escalation: event.data.level }),
  EscalationLevelSkipped: revised,
  ApplicationSentDown: (document, event) => ({ ...revised(document, event), escalation: event.data.level }),
};

/**
 * A document after an event, under the present calendar: if the event's due dates were derived with another calendar, or it
 * carries none though it changes them, they are derived from the ledger. When a step is over, its yellow is removed.
 */
export function withPresentDueDates(
  calendar: WorkingCalendar,
  document: ApplicationDocument,
  event: Recorded<ApplicationEvent>,
): ApplicationDocument {
  const { calendarVersion } = event.metadata;
  const isDerived =
    changesDueDates(event) ||
    ('due' in event.data && calendarVersion !== null && calendarVersion !== calendar.version);
  const after = isDerived ? withDue(document, derivedDue(calendar, document)) : document;
  const { stepOverrun } = after;
  if (stepOverrun === null) return after;
  // A warning repeats the due dates, every other event that has any sets them.
  const isTermSet = isDerived || ('due' in event.data && event.type !== 'ApplicationWarned');
  const { yellow } = isTermSet ? after.due : stepOverrun;
  if (stepOverrun.step !== stepAt(after.stage, after.reviewer, isSuspended(after))) {
    return withDue({ ...after, stepOverrun: null }, { ...after.due, yellow });
  }
  if (!isTermSet) return after;
  return withDue(
    { ...after, stepOverrun: { ...stepOverrun, yellow } },
    { ...after.due, yellow: earlier(stepOverrun.at, yellow) },
  );
}

const earlier = (at: string, yellow: string | null): string => (yellow === null || at < yellow ? at : yellow);

function derivedDue(calendar: WorkingCalendar, document: ApplicationDocument): DueDates {
  const { terms, promisedEnd, acceptedAt } = document;
  const times = { receivedAt: submissionOf(calendar, document), acceptedAt };
  return applicationDueDates(calendar, terms, promisedEnd, times, document);
}
