import { allDocuments, type CommandMeta, type ReadModels } from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { ACCOUNT_STREAM } from './account-directory.js';
import { anAdminMustBeLeft, violation } from './account.rules.js';
import { type AccountReader } from './identity.tokens.js';
import { accounts as accountModel } from './account.projection.js';

/** One administrator is closed at a time: which one is recorded in a stream that every process writes. */
const TURN = { kind: 'administration', value: 'leaves' } as const;

/** Sees to it that an administrator is left, whichever processes close how many at once. */
export class OpenAdmins {
  constructor(
    private readonly values: UniqueValues,
    private readonly accounts: AccountReader,
    private readonly models: Pick<ReadModels, 'find'>,
  ) {}

  /**
   * To be called when the closing was decided. Does not wait: of two concurrent closings the second is refused, and may try
   * again when the first is done. A closing that never came is over after ten minutes.
   * @throws RuleViolation 409 while another administrator is being closed, or when none is left
   */
  async leave(account: string, meta: CommandMeta): Promise<void> {
    const taken = await this.values.take(
      { ...TURN, holder: account },
      meta,
      () => Promise.resolve(false),
      async (holder) => !(await this.isOpen(holder)),
    );
    if (taken !== null) throw violation('account.admin-leaving', { account, other: taken.holder }, 'state');
    anAdminMustBeLeft(account, await this.hasOthers(account));
  }

  /**
   * Whether another administrator is left. The list comes from the read models, each of its accounts from the log: one that was
   * closed just now does not count, one that was opened just now may be missed for a moment, which refuses and does no harm.
   */
  async hasOthers(account: string): Promise<boolean> {
    const admins = await allDocuments(this.models, accountModel, {
      index: 'role',
      equals: { role: 'admin', status: 'open' },
    });
    for (const { id } of admins) {
      if (id !== account && (await this.isOpen(id))) return true;
    }
    return false;
  }

  private async isOpen(account: string): Promise<boolean> {
    const { state } = await this.accounts.load(ACCOUNT_STREAM + account);
    return state.at === 'open' && state.role === 'admin';
  }
}
