/** When signals are raised to supervision. */
export interface SignalSettings {
  /** Working days without any act, while the ball is with the government, that make a standstill. */
  readonly idleWorkingDays: number;
  /** Working days between an act and its being typed in that make a back-entry (补录). */
  readonly backEntryWorkingDays: number;
  /** Working days in which a jurisdiction dispute (职能争议) is to be ruled on. */
  readonly rulingWorkingDays: number;
}

export const SIGNAL_SETTINGS = Symbol('SignalSettings');
