import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type MaterialFacts, materialsMustNotBeKey } from '../intake/material.rules.js';
import { type CheckCommitment, type MakeCommitment } from './commitment.commands.js';
import {
  type CommitmentBreached,
  type CommitmentMade,
  type CommitmentVerified,
} from './commitment.events.js';
import { commitmentMustBeNew, commitmentMustBeUnchecked } from './commitment.rules.js';
import { type WithCommitment } from './commitment.state.js';

export function makeCommitment(
  state: SubmittedApplication & WithCommitment,
  { materials, statement }: MakeCommitment,
  { listed }: MaterialFacts,
): CommitmentMade {
  commitmentMustBeNew(state);
  materialsMustNotBeKey(state.application, materials, listed);
  return {
    type: 'CommitmentMade',
    version: 1,
    data: { ...idOf(state), materials: [...materials], statement },
  };
}

export function checkCommitment(
  state: SubmittedApplication & WithCommitment,
  { kept, finding }: CheckCommitment,
): CommitmentVerified | CommitmentBreached {
  commitmentMustBeUnchecked(state);
  const data = { ...idOf(state), finding };
  return kept
    ? { type: 'CommitmentVerified', version: 1, data }
    : { type: 'CommitmentBreached', version: 1, data };
}
