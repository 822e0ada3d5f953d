import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { ACCOUNT_STREAM } from './account-directory.js';
import { creditCodeMustBeFree } from './account.rules.js';
import { type AccountReader } from './identity.tokens.js';

const KIND = 'credit-code';

/** 统一社会信用代码: of the accounts that are open one at most has it. */
export class CreditCodes {
  constructor(
    private readonly values: UniqueValues,
    private readonly accounts: AccountReader,
  ) {}

  /** @throws RuleViolation 409 when another open account has it */
  async take(code: string, account: string, meta: CommandMeta): Promise<void> {
    const value = { kind: KIND, value: code, holder: account };
    const taken = await this.values.take(value, meta, (other) => this.has(other, code));
    creditCodeMustBeFree(code, taken?.holder ?? null);
  }

  private async has(account: string, code: string): Promise<boolean> {
    const { state } = await this.accounts.load(ACCOUNT_STREAM + account);
    return state.at === 'open' && state.creditCode === code;
  }
}
