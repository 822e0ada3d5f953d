import { type ServiceRated } from './rating.events.js';

/** Revisions of the acts that the applicant has rated; left out while there is none. */
export type WithRatings = { readonly rated?: readonly number[] };

export function afterRating({ rated = [] }: WithRatings, { data }: ServiceRated): WithRatings {
  return { rated: [...rated, data.rated] };
}
