import { type DomainEvent } from '#libs/event-sourcing';

/** A person in a post of a department. */
export type Responsible = {
  readonly department: string;
  readonly post: string;
  readonly person: string;
};

/**
 * 明确责任: from this legal day on (YYYY-MM-DD) this person, in this post, answers for the matter. It ends what was before, so
 * that every day has one answer.
 */
export type DutyAssigned = DomainEvent<
  'DutyAssigned',
  1,
  Responsible & {
    readonly matter: string;
    readonly from: string;
    readonly reason: string | null;
    /** Who hands over; null for the first. */
    readonly previous: Responsible | null;
  }
>;

export type DutyEvent = DutyAssigned;

/** One matter of a published catalogue, with who answers for it on its first day. */
export type CatalogueEntry = Responsible & {
  readonly matter: string;
  readonly matterVersion: number;
  /** False while its limits or legal basis wait for a person's sign-off (未核实). */
  readonly verified: boolean;
};

/** 公布目录: the matters in force on a day, each with a named person. Never changed: the next one has another id. */
export type CataloguePublished = DomainEvent<
  'CataloguePublished',
  1,
  {
    readonly catalogue: string;
    readonly effectiveFrom: string;
    readonly note: string | null;
    readonly entries: readonly CatalogueEntry[];
  }
>;

export type CatalogueEvent = CataloguePublished;
