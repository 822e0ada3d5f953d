import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { ACCOUNT_STREAM } from './account-directory.js';
import { type Identity, isBound } from './account.state.js';
import { identityMustBeFree } from './account.rules.js';
import { type AccountReader } from './identity.tokens.js';

const KIND = 'oidc-subject';
const valueOf = ({ issuer, subject }: Identity): string => JSON.stringify([issuer, subject]);

/** Which account a subject of the identity provider is: one at most, and only while the account says so too. */
export class Identities {
  constructor(
    private readonly values: UniqueValues,
    private readonly accounts: AccountReader,
  ) {}

  /** @throws RuleViolation 409 when another account is bound to it */
  async take(identity: Identity, account: string, meta: CommandMeta): Promise<void> {
    const value = { kind: KIND, value: valueOf(identity), holder: account };
    const taken = await this.values.take(value, meta, (holder) => this.has(holder, identity));
    identityMustBeFree(identity, taken !== null);
  }

  async isAnothers(identity: Identity, account: string): Promise<boolean> {
    const bound = await this.accountOf(identity);
    return bound !== null && bound !== account;
  }

  async accountOf(identity: Identity): Promise<string | null> {
    const account = await this.values.lastHolder(KIND, valueOf(identity));
    return account !== null && (await this.has(account, identity)) ? account : null;
  }

  private async has(account: string, identity: Identity): Promise<boolean> {
    const { state } = await this.accounts.load(ACCOUNT_STREAM + account);
    return state.at === 'open' && isBound(state, identity);
  }
}
