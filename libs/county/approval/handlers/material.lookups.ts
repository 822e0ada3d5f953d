import { defined } from '#libs/engine/event-sourcing';
import { matterOfApplication } from '#libs/county/project';
import { dayOf } from '#libs/law/calendar';
import { MATTER_STREAM, matterOn } from '#libs/law/catalogue';
import { type HttpCommand, lookup } from '#libs/shell/nest';
import { APPLICATION_STREAM } from '../application/application.runner.token.js';
import { CompleteImmediately } from '../decision/decision.commands.js';
import { counterOf } from '../intake/counter-hours.js';
import { AcceptApplication, RequestSupplement, SubmitSupplement } from '../intake/intake.commands.js';
import { type MaterialFacts } from '../intake/material.rules.js';
import { MakeCommitment } from '../ways/commitment.commands.js';
import { AcceptWithDeficiency } from '../ways/deficiency.commands.js';
import { type ApprovalStores } from './approval-stores.js';
import { prerequisitesOf } from './prerequisites.js';

/** What the catalogue asks for today: what it once asked for and dropped may be asked for no more. */
export const supplement = lookup(RequestSupplement, async ({ id }, { matters }: ApprovalStores) => {
  const { state } = await matters.load(MATTER_STREAM + (matterOfApplication(id) ?? ''));
  return { knownMaterials: state.at === 'in-force' ? state.matter.materials.map(({ name }) => name) : [] };
});

/** Where it is handed in: the hours of the clerk's own counter hold. */
export const handingIn = lookup(SubmitSupplement, ({ meta }, { counterHours }: ApprovalStores) =>
  counterOf(counterHours, { meta }, meta.actor.department),
);

/** What the catalogue lists on the day of the act. What was missing or promised is recorded in the event. */
async function listedMaterials(
  { id, meta }: HttpCommand,
  { matters }: ApprovalStores,
): Promise<MaterialFacts> {
  const { state } = await matters.load(MATTER_STREAM + (matterOfApplication(id) ?? ''));
  const materials = matterOn(state, dayOf(meta.occurredAt))?.matter.materials ?? [];
  return {
    listed: materials.map(({ name, key, basis, conditional }) => ({
      name,
      key,
      basis,
      ...defined({ conditional }),
    })),
  };
}

export const acceptance = lookup(AcceptApplication, listedMaterials);
export const deficiency = lookup(AcceptWithDeficiency, listedMaterials);
export const commitment = lookup(MakeCommitment, listedMaterials);
export const immediate = lookup(CompleteImmediately, async (command, stores: ApprovalStores) => {
  const { state } = await stores.applications.load(APPLICATION_STREAM + command.id);
  const { missing } = await prerequisitesOf(stores, state, command.meta);
  return { ...(await listedMaterials(command, stores)), missing };
});
