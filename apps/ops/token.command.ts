import { DeciderRunner } from '#libs/engine/event-sourcing';
import { ACCOUNT_STREAM, accountDecider } from '#libs/county/identity';
import { LocalTokens } from '#libs/county/identity/http';
import { UserError } from './failure.js';
import { type CommonOptions, configOf, withData } from './session.js';

export interface TokenCommandOptions extends CommonOptions {
  readonly user: string;
}

/** Prints a bearer token of an account and nothing else. Good for a server on the same data directory. */
export async function tokenCommand({ user, ...common }: TokenCommandOptions): Promise<void> {
  const config = configOf(common);
  const { token } = await withData(config, async ({ eventStore, secret, clock }) => {
    const { state } = await new DeciderRunner(eventStore, accountDecider).load(ACCOUNT_STREAM + user);
    if (state.at === 'nothing') throw new UserError(`there is no account ${user}`);
    if (state.at === 'closed') throw new UserError(`the account ${user} is closed`);
    return new LocalTokens(secret, config.tokenLifetimeSeconds).issue(state, clock.now());
  });
  process.stdout.write(`${token}\n`);
}
