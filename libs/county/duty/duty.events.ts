import { type DomainEvent } from '#libs/engine/event-sourcing';

/** A person in a post of a department. */
export type Responsible = {
  readonly department: string;
  readonly post: string;
  readonly person: string;
};

/** Fields of an assignment in addition to the person who handles the matter. */
export type Responsibility = {
  /** 牵头部门, by its id: the department that decides; in a joint matter the one that leads. */
  readonly lead: string;
  /** 配合部门, by their ids. */
  readonly co: readonly string[];
  /** 主要领导, who is responsible for the whole; null if none is named. */
  readonly principal: Responsible | null;
  /** 分管领导, who is in charge of it; null if none is named. */
  readonly deputy: Responsible | null;
};

/** What may pass from one to another at a handover; `person` is the handling person. */
export const DUTY_PARTS = ['person', 'lead', 'co', 'principal', 'deputy'] as const;
export type DutyPart = (typeof DUTY_PARTS)[number];

/**
 * 明确责任: from this legal day on (YYYY-MM-DD) this person, in this post, handles the matter, and these departments and leaders
 * are responsible for it. It ends the assignment before, so that every day has exactly one.
 */
export type DutyAssigned = DomainEvent<
  'DutyAssigned',
  2,
  Responsible &
    Responsibility & {
      readonly matter: string;
      readonly from: string;
      readonly reason: string | null;
      /** The handling person until then, who hands over where it is another; null for the first. */
      readonly previous: Responsible | null;
      /** What is another than before, in the order of DUTY_PARTS. */
      readonly changed: readonly DutyPart[];
    }
>;

export type DutyEvent = DutyAssigned;

/** One matter of a published catalogue, with the person responsible for it on its first day. */
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
