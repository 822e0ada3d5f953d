import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { ACCOUNT_STREAM } from './account-directory.js';
import { type CodeHolder, creditCodeMustBeRight } from './account.rules.js';
import { type AccountRunner } from './identity.tokens.js';

const KIND = 'credit-code';

/** 统一社会信用代码: of the accounts that are open one at most has it. */
export class CreditCodes {
  constructor(
    private readonly values: UniqueValues,
    private readonly accounts: AccountRunner,
  ) {}

  /** Takes the code for an account: null when it has it, else the account that does. */
  async take(code: string, account: string, holder: CodeHolder, meta: CommandMeta): Promise<string | null> {
    // What is refused anyway takes no code.
    creditCodeMustBeRight(code, holder);
    const value = { kind: KIND, value: code, holder: account };
    const taken = await this.values.take(value, meta, (other) => this.has(other, code));
    return taken?.holder ?? null;
  }

  private async has(account: string, code: string): Promise<boolean> {
    const { state } = await this.accounts.load(ACCOUNT_STREAM + account);
    return state.at === 'open' && state.creditCode === code;
  }
}
