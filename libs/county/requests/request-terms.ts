import { URGENCIES, type Urgency } from './request.events.js';

/** Working days within which a department answers a request, by urgency. */
export type RequestTerms = { readonly answerWithinWorkingDays: Readonly<Record<Urgency, number>> };

export const REQUEST_TERMS = Symbol('RequestTerms');

const MOST_DAYS = 60;

/** The terms of `data/policies/requests.yaml` once parsed. @throws RangeError naming the field */
export function requestTerms(file: unknown): RequestTerms {
  const days = fieldsOf(fieldsOf(file)['answerWithinWorkingDays']);
  const daysFor = (urgency: Urgency): number => {
    const value = days[urgency];
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= MOST_DAYS)
      return value;
    throw new RangeError(
      `answerWithinWorkingDays.${urgency} must be a whole number of working days from 1 to ${MOST_DAYS}`,
    );
  };
  const unknown = Object.keys(days).find((name) => !URGENCIES.some((urgency) => urgency === name));
  if (unknown !== undefined) {
    throw new RangeError(`answerWithinWorkingDays.${unknown} is not an urgency`);
  }
  const [normal, urgent, critical] = [daysFor('normal'), daysFor('urgent'), daysFor('critical')];
  return { answerWithinWorkingDays: { normal, urgent, critical } };
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
