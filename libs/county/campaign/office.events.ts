import { type DomainEvent } from '#libs/engine/event-sourcing';

/** 攻坚办公室: from this legal day on (YYYY-MM-DD) this department runs the campaign's office, with the others that do. */
type CampaignOfficeAssigned = DomainEvent<
  'CampaignOfficeAssigned',
  1,
  {
    readonly department: string;
    readonly from: string;
    /** Last legal day; null: until further notice. */
    readonly until: string | null;
    readonly reason: string | null;
  }
>;

/** The last legal day on which the department runs the office. */
type CampaignOfficeEnded = DomainEvent<
  'CampaignOfficeEnded',
  1,
  { readonly department: string; readonly until: string; readonly reason: string | null }
>;

export type OfficeEvent = CampaignOfficeAssigned | CampaignOfficeEnded;

/** A department's time in the office; legal days, `until` inclusive, null while it goes on. */
export type OfficeTerm = {
  readonly department: string;
  readonly from: string;
  readonly until: string | null;
};

/** Who has run the campaign's office, in order of appointment. */
export type OfficeState = { readonly terms: readonly OfficeTerm[] };
