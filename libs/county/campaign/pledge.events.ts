import { type DomainEvent } from '#libs/engine/event-sourcing';
import { type Proof } from './proof.js';

/** What a pledge is measured by: the figure `name`, in `unit`, is to be `target` at least, or at most. */
export type Indicator = {
  readonly name: string;
  readonly unit: string;
  readonly target: number;
  readonly direction: 'at-least' | 'at-most';
};

/** 表态, 承诺: a department or township promises something that can be measured, by a day. */
export type PledgeMade = DomainEvent<
  'PledgeMade',
  1,
  {
    readonly pledge: string;
    readonly department: string;
    readonly text: string;
    readonly indicator: Indicator;
    /** Last legal day, YYYY-MM-DD, and the instant at which that day ends. */
    readonly dueOn: string;
    readonly dueAt: string;
    /** Where it was made, for example a meeting. */
    readonly occasion: string | null;
  }
>;

/** 兑现: the figure was reached, and this is what shows it. `late`: after the deadline. */
export type PledgeFulfilled = DomainEvent<
  'PledgeFulfilled',
  1,
  {
    readonly pledge: string;
    readonly department: string;
    readonly value: number;
    /** Events of the log, and documents outside it by name; at least one of either. */
    readonly evidence: readonly Proof[];
    readonly documents: readonly string[];
    readonly late: boolean;
    readonly note: string | null;
  }
>;

export type PledgeEvent = PledgeMade | PledgeFulfilled;

/** State of one pledge. That it is overdue is not a state: it follows from the time. */
export type PledgeState =
  { readonly at: 'absent' } | { readonly at: 'open' | 'fulfilled'; readonly made: PledgeMade['data'] };
