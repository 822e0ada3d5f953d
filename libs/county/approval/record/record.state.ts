import { type SubmittedApplication } from '../core/facts.js';
import { type Fold, withLatestTime } from '../core/fold.js';
import { type ServiceRated } from './rating.events.js';
import { type RecordCorrected, type RecordEvent } from './record.events.js';

type Correction = Pick<RecordCorrected['data'], 'corrects' | 'field' | 'after'>;

/** How texts of earlier events are to be read; left out while nothing was corrected. */
export type WithCorrections = { readonly corrections?: readonly Correction[] };

/** The last correction of a text stands. */
function afterCorrection(
  { corrections = [] }: WithCorrections,
  { data: { corrects, field, after } }: RecordCorrected,
): WithCorrections {
  const others = corrections.filter((one) => one.corrects !== corrects || one.field !== field);
  return { corrections: [...others, { corrects, field, after }] };
}

/** Revisions of the acts that the applicant has rated; absent if there are none. */
export type WithRatings = { readonly rated?: readonly number[] };

function afterRating({ rated = [] }: WithRatings, { data }: ServiceRated): WithRatings {
  return { rated: [...rated, data.rated] };
}

export const RECORD_FOLD: Fold<
  RecordEvent | ServiceRated,
  SubmittedApplication & WithCorrections & WithRatings
> = {
  RecordCorrected: (state, event) => ({
    ...state,
    ...afterCorrection(state, event),
    ...withLatestTime(state, event),
  }),
  BackEntryRecorded: (state, event) => ({ ...state, ...withLatestTime(state, event) }),
  ServiceRated: (state, event) => ({
    ...state,
    ...afterRating(state, event),
    ...withLatestTime(state, event),
  }),
};
