import { OptionalDay } from '#libs/shell/nest';
import { BoardParameters } from './board.parameters.js';

/** What a report is asked that compares a span of days with the one before it. */
export class SpanParameters extends BoardParameters {
  /** First and last legal day, 366 days at most; default the half-month that runs. */
  @OptionalDay()
  from?: string;
  @OptionalDay()
  to?: string;
}
