import { competentOn } from '#libs/county/identity';
import { type CommandMeta, metaOfPart } from '#libs/engine/event-sourcing';
import { dayOf } from '#libs/law/calendar';
import { lookup } from '#libs/shell/nest';
import { ReviseMatter } from '../catalogue.commands.js';
import { type Proposal } from '../catalogue.rules.js';
import { MATTER_STREAM, type MatterRunner } from '../catalogue.tokens.js';
import {
  AnswerChallenge,
  type AnswererFacts,
  ChallengeThreshold,
  ConfirmWithdrawal,
  WithdrawCondition,
} from '../challenge.commands.js';
import { type KnownChallenge, mustBeOpenFor } from '../challenge.decider.js';
import { hasCondition, mustBeProposedByAnother, withoutCondition } from '../challenge.rules.js';
import { CHALLENGE_STREAM } from '../challenge.tokens.js';
import { type CatalogueStores } from './catalogue-stores.js';

export const challenge = lookup(
  ChallengeThreshold,
  async ({ matter, condition, meta }, { matters, departments }: CatalogueStores) => {
    const { state } = await matters.load(MATTER_STREAM + matter);
    if (state.at === 'absent') return { target: null };
    return {
      target: {
        at: state.at,
        version: state.version,
        department: await competentOn(departments, state.matter.department, dayOf(meta.now)),
        hasCondition: hasCondition(state.matter, condition),
      },
    };
  },
);

/** Whose a challenge is to answer on a day: after a reform, the successor's. */
async function answererOf(
  { id, meta }: AnswerChallenge | WithdrawCondition | ConfirmWithdrawal,
  { challenges, departments }: CatalogueStores,
): Promise<AnswererFacts> {
  const { state } = await challenges.load(CHALLENGE_STREAM + id);
  if (state.at === 'absent') return { competent: null };
  return { competent: await competentOn(departments, state.department, dayOf(meta.now)) };
}

export const answer = lookup(AnswerChallenge, answererOf);
export const withdrawal = lookup(WithdrawCondition, answererOf);

/**
 * First a version of the matter without the condition, then the end of the challenge: after a crash between the two,
 * the same command finds the version made and goes on.
 */
export const withdrawalConfirmation = lookup(ConfirmWithdrawal, async (command, stores: CatalogueStores) => {
  const facts = await answererOf(command, stores);
  const { state, revision } = await stores.challenges.load(CHALLENGE_STREAM + command.id);
  const { expectedRevision } = command.meta;
  const isCurrent = expectedRevision === null || expectedRevision === revision;
  if (state.at !== 'open' || !isCurrent) return { ...facts, matterVersion: null };
  const known = mustBeOpenFor(state, command, facts);
  const proposal = mustBeProposedByAnother(known, command.meta);
  return { ...facts, matterVersion: await withoutIt(stores.matters, known, proposal, command.meta) };
});

async function withoutIt(
  matters: MatterRunner,
  { matter: code, condition }: KnownChallenge,
  { reason, article, by: proposedBy }: Proposal,
  meta: CommandMeta,
): Promise<number | null> {
  const stream = MATTER_STREAM + code;
  const { state } = await matters.load(stream);
  const leaner = state.at === 'in-force' ? withoutCondition(state.matter, condition) : null;
  if (leaner === null) return null;
  const { code: id, ...body } = leaner;
  const revision: ReviseMatter = Object.assign(new ReviseMatter(), {
    ...body,
    id,
    reason,
    agreed: { article, proposedBy },
    meta: metaOfPart(meta, `${meta.commandId}/revision`),
  });
  await matters.run(stream, revision);
  const { state: revised } = await matters.load(stream);
  return revised.at === 'absent' ? null : revised.version;
}
