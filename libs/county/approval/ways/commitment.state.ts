import { type CommitmentEvent } from './commitment.events.js';

/** A commitment in place of material (告知承诺); left out where none was made. */
export type Commitment = {
  readonly materials: readonly string[];
  readonly checked: 'not-yet' | 'kept' | 'breached';
};

export type WithCommitment = { readonly commitment?: Commitment };

/** @throws Error when a commitment is checked that was never made: the log is damaged. */
export function afterCommitment(state: WithCommitment, { type, data }: CommitmentEvent): WithCommitment {
  if (type === 'CommitmentMade') return { commitment: { materials: data.materials, checked: 'not-yet' } };
  if (state.commitment === undefined) throw new Error(`${type} before CommitmentMade`);
  return {
    commitment: { ...state.commitment, checked: type === 'CommitmentVerified' ? 'kept' : 'breached' },
  };
}
