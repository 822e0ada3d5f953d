/** A matter whose permit lapses unless it is used within so many months of its delivery. */
type UseWithin = { readonly matter: string; readonly months: number; readonly article: string };

/** When the holder of a permit is notified of its end. */
export type PermitTerms = {
  /** Calendar days before the last day of a permit that can be renewed: more than those in which the holder must apply. */
  readonly renewalNoticeDays: number;
  /** Working days before the last day of use. */
  readonly noticeWorkingDays: number;
  readonly useWithin: readonly UseWithin[];
};
