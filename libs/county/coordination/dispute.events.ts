import { type DomainEvent } from '#libs/engine/event-sourcing';

/** 职能争议: two departments or more differ over whose an application is. */
export type JurisdictionDisputeRaised = DomainEvent<
  'JurisdictionDisputeRaised',
  1,
  {
    readonly dispute: string;
    readonly application: string;
    readonly project: string;
    readonly matter: string;
    /** Whose it was when the dispute was raised, first; then the others concerned. */
    readonly departments: readonly string[];
    readonly raisedBy: string;
    readonly reason: string;
    /** End of the last legal day for the ruling, ISO instant. */
    readonly rulingDueAt: string;
  }
>;

export const STANCES = ['claims', 'declines'] as const;
/** Whether a department says that the matter is its business. */
export type Stance = (typeof STANCES)[number];

/** A department says that the application is its own, or is not; saying otherwise later is another event. */
export type JurisdictionPositionTaken = DomainEvent<
  'JurisdictionPositionTaken',
  1,
  {
    readonly dispute: string;
    readonly department: string;
    readonly stance: Stance;
    readonly reason: string;
    readonly article: string | null;
  }
>;

/** The coordinator's ruling binds the departments; the note records in the catalogue which department has such matters. */
export type JurisdictionRuled = DomainEvent<
  'JurisdictionRuled',
  1,
  {
    readonly dispute: string;
    readonly application: string;
    readonly project: string;
    readonly matter: string;
    readonly department: string;
    readonly reason: string;
    readonly article: string | null;
    readonly catalogueNote: string;
    /** Ruled after its last day. */
    readonly late: boolean;
  }
>;

/**
 * What a dispute brings about: its application is held pending the dispute; after the ruling it is given to one of the
 * departments, and the ruling is noted in the catalogue.
 */
export type DisputeEffect = 'held' | 'assigned' | 'noted';

/** The application ended before an effect reached it: there is nothing left to lay between departments, or to give. */
export type DisputeEffectLapsed = DomainEvent<
  'DisputeEffectLapsed',
  1,
  {
    readonly dispute: string;
    readonly application: string;
    readonly project: string;
    readonly effect: Exclude<DisputeEffect, 'noted'>;
  }
>;

export type DisputeEvent =
  JurisdictionDisputeRaised | JurisdictionPositionTaken | JurisdictionRuled | DisputeEffectLapsed;

type Raised = JurisdictionDisputeRaised['data'];

/** State of one dispute. */
export type DisputeState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'open';
      readonly raised: Raised;
      readonly positions: Readonly<Record<string, { readonly stance: Stance; readonly reason: string }>>;
    }
  | { readonly at: 'ruled'; readonly raised: Raised; readonly department: string };
