import { type Recorded } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withLatestTime } from '../core/fold.js';
import { type Stop, type WithStop } from './works-stop.js';
import { type WorksEvent } from './works.events.js';

/**
 * The stop of works after an event.
 * @throws Error when the log says something of a stop that it does not have: it is damaged
 */
export function stopAfter(before: WithStop, { type, data, metadata }: Recorded<WorksEvent>): WithStop {
  if (type === 'WorksStopFound') {
    return { ...before, stop: { on: data.on, isReported: false, reportBy: data.reportBy } };
  }
  if (type === 'WorksStopped') {
    return { ...before, stop: { ...before.stop, on: data.on, isReported: true, reportBy: data.reportBy } };
  }
  const { stop } = before;
  if (!stop) throw new Error(`${type} of works that have not stopped`);
  switch (type) {
    case 'WorksStopUnreported':
      return { ...before, stop: { ...stop, isFlagged: true } };
    case 'PermitVerificationOwed':
      return { ...before, stop: { ...stop, isAnnounced: true } };
    case 'PermitVerified':
      return { ...before, stop: verified(stop, data.passed ? dayOf(metadata.occurredAt) : null) };
    case 'WorksResumed':
      return { ...before, stop: null, resumedOn: data.on };
  }
}

function verified({ verifiedOn: _, ...stop }: Stop, on: string | null): Stop {
  return on === null ? stop : { ...stop, verifiedOn: on };
}

const fold = (
  state: SubmittedApplication & WithStop,
  event: Recorded<WorksEvent>,
): SubmittedApplication & WithStop => ({
  ...state,
  ...stopAfter(state, event),
  ...withLatestTime(state, event),
});

export const WORKS_FOLD: Fold<WorksEvent, SubmittedApplication & WithStop> = {
  WorksStopped: fold,
  WorksStopFound: fold,
  WorksStopUnreported: fold,
  PermitVerificationOwed: fold,
  PermitVerified: fold,
  WorksResumed: fold,
};
