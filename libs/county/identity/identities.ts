import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type UniqueValues } from '#libs/engine/unique-values';
import { ACCOUNT_STREAM } from './account-directory.js';
import { type Identity, isBound } from './account.state.js';
import { type AccountRunner } from './identity.tokens.js';

const KIND = 'oidc-subject';
const valueOf = ({ issuer, subject }: Identity): string => JSON.stringify([issuer, subject]);

/** Which account a subject of the identity provider is: one at most, and only while the account says so too. */
export class Identities {
  constructor(
    private readonly values: UniqueValues,
    private readonly accounts: AccountRunner,
  ) {}

  /** False when another account is bound to it. */
  async take(identity: Identity, account: string, meta: CommandMeta): Promise<boolean> {
    const value = { kind: KIND, value: valueOf(identity), holder: account };
    return (await this.values.take(value, meta, (holder) => this.has(holder, identity))) === null;
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
