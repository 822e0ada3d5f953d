import { allDocuments, type ReadModels } from '#libs/engine/event-sourcing';
import { ACCOUNT_STREAM } from './account-directory.js';
import { type AccountDocument } from './account.projection.js';
import { type AccountRunner } from './identity.tokens.js';

/**
 * Whether an administrator is left beside this one. The list comes from the read models, each of its accounts from the
 * log: one that was closed just now does not count, one that was opened just now may be missed for a moment, which
 * refuses and harms nobody.
 */
export async function hasOtherAdmins(
  models: ReadModels,
  accounts: AccountRunner,
  account: string,
): Promise<boolean> {
  const admins = await allDocuments<AccountDocument>(models, 'accounts', {
    index: 'role',
    equals: { role: 'admin', status: 'open' },
  });
  for (const { id } of admins) {
    if (id === account) continue;
    const { state } = await accounts.load(ACCOUNT_STREAM + id);
    if (state.at === 'open' && state.role === 'admin') return true;
  }
  return false;
}
