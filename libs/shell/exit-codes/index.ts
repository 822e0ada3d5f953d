/**
 * How a process ends, for supervisors and operators; numbers of sysexits.h where one fits. The table in
 * docs/how-to/operate.md says what to do at each.
 */
export const EXIT = {
  /** Stopped in order, on request. */
  stopped: 0,
  /** An unexpected fault; the message and the stack are on standard error. */
  unexpected: 1,
  /** What is stored is damaged. */
  damagedData: 65,
  /** The data directory or the log is not the expected one: removed, replaced, another log. */
  otherData: 66,
  /** The disk refused to write: an I/O error, or no room. */
  inputOutput: 74,
  /** A setting that cannot be used. */
  configuration: 78,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
