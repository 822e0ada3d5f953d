import { type Decider, type DomainCommand } from '#libs/engine/event-sourcing';
import { type NumberTaken } from './counter.events.js';

/** Takes the next number of a series. */
export interface TakeNumber extends DomainCommand {
  readonly type: 'TakeNumber';
  readonly series: string;
  readonly holder: string;
}

export interface CounterState {
  readonly last: number;
}

export const counterDecider: Decider<CounterState, TakeNumber, NumberTaken> = {
  initial: { last: 0 },

  decide: ({ last }, { series, holder }) => [
    { type: 'NumberTaken', version: 1, data: { series, number: last + 1, holder } },
  ],

  evolve: (_, { data }) => ({ last: data.number }),
};
