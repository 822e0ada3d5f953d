import { type Actor, type ReadModels } from '#libs/engine/event-sourcing';
import { isOutside, isWithoutPost } from '#libs/shell/roles';
import { accounts } from './account.projection.js';
import { type OrganisationDocument, organisations } from './organisation.projection.js';

/** More than an organisation ever has, one after another. */
const MOST_ACCOUNTS = 100;

type Models = Pick<ReadModels, 'get'>;

/** An organisation as everybody may know it who sees what it applies for. */
export type NamedOrganisation = { readonly creditCode: string; readonly name: string };

/** The organisation that an account belongs to; null for a natural person, and while the organisation is not registered. */
export async function organisationOf(
  models: Models,
  account: string | null,
): Promise<NamedOrganisation | null> {
  const code = account === null ? undefined : (await models.get(accounts, account))?.creditCode;
  const found = code === undefined ? null : await models.get(organisations, code);
  return found && { creditCode: found.id, name: found.name };
}

/** The accounts that have, or had when they were closed, the credit code of an organisation. */
export async function accountsOf(
  models: Pick<ReadModels, 'find'>,
  creditCode: string,
): Promise<readonly string[]> {
  const { items } = await models.find(accounts, {
    index: 'creditCode',
    equals: { creditCode },
    limit: MOST_ACCOUNTS,
  });
  return items.map(({ id }) => id);
}

/** What an organisation is called and where it is; who they are is for itself and for those in office. */
export type ShownOrganisation =
  OrganisationDocument | Omit<OrganisationDocument, 'legalPerson' | 'handlingPersons'>;

/** Null if there is no such organisation. */
export async function shownOrganisation(
  models: Models,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Promise<ShownOrganisation | null> {
  const found = await models.get(organisations, id);
  if (found === null || (await mayKnowPersons(models, id, actor))) return found;
  const { legalPerson: _, handlingPersons: __, ...open } = found;
  return open;
}

async function mayKnowPersons(models: Models, organisation: string, actor: Actor): Promise<boolean> {
  if (!isOutside(actor.role)) return !isWithoutPost(actor);
  return (await models.get(accounts, actor.person))?.creditCode === organisation;
}
