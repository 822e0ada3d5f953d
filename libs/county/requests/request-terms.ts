import { type Urgency } from './request.events.js';

/** Working days within which a department answers a request, by urgency. */
export type RequestTerms = { readonly answerWithinWorkingDays: Readonly<Record<Urgency, number>> };

export const REQUEST_TERMS = Symbol('RequestTerms');
