/** When supervision is told of something. */
export interface SignalPolicy {
  /** Working days without any act, while the ball is with the government, that make a standstill. */
  readonly idleWorkingDays: number;
  /** Working days between an act and its being typed in that make a back-entry (补录). */
  readonly backEntryWorkingDays: number;
  /** Working days in which a jurisdiction dispute (职能争议) is to be ruled on. */
  readonly rulingWorkingDays: number;
}

export const SIGNAL_POLICY = Symbol('SignalPolicy');

/**
 * The policy from plain data, as read from data/policies/signals.yaml.
 * @throws RangeError naming the field that is wrong
 */
export function signalPolicy(read: unknown): SignalPolicy {
  const content: Readonly<Record<string, unknown>> =
    typeof read === 'object' && read !== null && !Array.isArray(read) ? { ...read } : {};
  const days = (field: keyof SignalPolicy): number => {
    const value = content[field];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < 1 || value > 250) {
      throw new RangeError(`signals.${field}: must be a whole number of working days from 1 to 250`);
    }
    return value;
  };
  return {
    idleWorkingDays: days('idleWorkingDays'),
    backEntryWorkingDays: days('backEntryWorkingDays'),
    rulingWorkingDays: days('rulingWorkingDays'),
  };
}
