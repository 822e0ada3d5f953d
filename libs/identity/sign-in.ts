import { type Clock, HttpProblem, retryLater } from '#libs/nest';
import { type AccountDirectory } from './account-directory.js';
import { passwordIs } from './passwords.js';
import { type SlidingWindow } from './sliding-window.js';
import { type IssuedToken, type LocalTokens } from './tokens.js';

/** Windows that bound guessing: from one address at one name, at one name from anywhere, from one address at any name. */
export interface SignInLimits {
  readonly nameAndAddress: SlidingWindow;
  readonly name: SlidingWindow;
  readonly address: SlidingWindow;
}

/** Gives a token for a name and a password. Unknown names, closed accounts and wrong passwords look and last the same. */
export class SignIn {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly tokens: LocalTokens,
    private readonly limits: SignInLimits,
    private readonly clock: Clock,
  ) {}

  /** @throws HttpProblem 401, 429 */
  async withPassword(name: string, password: string, address: string): Promise<IssuedToken> {
    const pair = `${name} ${address}`;
    const now = this.clock.now();
    const waitMs = Math.max(
      this.limits.nameAndAddress.attempt(pair, now),
      this.limits.name.attempt(name, now),
      this.limits.address.attempt(address, now),
    );
    if (waitMs > 0) {
      const seconds = Math.ceil(waitMs / 1000);
      throw retryLater(429, 'sign-in.too-many', seconds, { seconds });
    }
    const entry = await this.directory.find(name);
    const hash = entry?.account.at === 'open' ? entry.account.passwordHash : null;
    if (!(await passwordIs(hash, password)) || entry === null) {
      throw new HttpProblem(401, 'sign-in.refused', {}, { 'www-authenticate': 'Bearer realm="zhitong"' });
    }
    this.limits.nameAndAddress.reset(pair);
    return this.tokens.issue(entry.account, this.clock.now());
  }
}
