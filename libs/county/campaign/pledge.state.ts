import { type PledgeMade } from './pledge.events.js';

/** State of one pledge. That it is overdue is not a state: it follows from the time. */
export type PledgeState =
  { readonly at: 'absent' } | { readonly at: 'open' | 'fulfilled'; readonly made: PledgeMade['data'] };
