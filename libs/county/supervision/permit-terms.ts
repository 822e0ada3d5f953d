/** A matter whose permit lapses unless it is used within so many months of its delivery. */
type UseWithin = { readonly matter: string; readonly months: number; readonly article: string };

/** When the holder of a permit is notified of its end. */
export type PermitTerms = {
  /** Working days before the last day. */
  readonly noticeWorkingDays: number;
  readonly useWithin: readonly UseWithin[];
};
