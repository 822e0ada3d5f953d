import { type MandateTerms } from './mandate.events.js';

/** Who wrote a mandate down, where it was not its applicant. */
type Recorder = { readonly person: string; readonly department: string | null };

/**
 * State of one mandate; `recorded` waits to be confirmed. That it is over is not a state: it follows from the time.
 * `recordedBy` is absent when the applicant gave it.
 */
export type MandateState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'recorded' | 'granted' | 'revoked';
      readonly granted: MandateTerms;
      readonly recordedBy?: Recorder;
    };
