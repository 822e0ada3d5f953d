import { type MeasuredEffect } from './improvement.events.js';

export type EffectQuestion = {
  readonly matter: string;
  /** First legal day of the change. */
  readonly from: string;
  /** The legal day that is not over yet, or on which the change ended: the day before it is the last one measured. */
  readonly until: string;
  /** No window is longer; default half a year. */
  readonly daysAtMost?: number;
};

/** Measures what a change did to a matter; the reports do it, from the tallies that the scorecard rests on. */
export abstract class EffectMeter {
  /** Null while no whole day of the change is over. */
  abstract measure(question: EffectQuestion): Promise<MeasuredEffect | null>;
}
