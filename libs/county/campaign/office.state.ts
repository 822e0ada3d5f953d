/** A department's time in the office; legal days, `until` inclusive, null while it goes on. */
export type OfficeTerm = {
  readonly department: string;
  readonly from: string;
  readonly until: string | null;
};

/** Who has run the campaign's office, in order of appointment. */
export type OfficeState = { readonly terms: readonly OfficeTerm[] };
