import { type JurisdictionDisputeRaised, type Stance } from './dispute.events.js';

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
