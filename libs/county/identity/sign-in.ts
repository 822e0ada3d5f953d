import { type Clock, HttpProblem, retryLater } from '#libs/shell/nest';
import { type AccountDirectory } from './account-directory.js';
import { addressGroup } from './address-group.js';
import { type KnownDevices } from './known-devices.js';
import { passwordIs } from './passwords.js';
import { type SignInTries, type Trier } from './sign-in-tries.js';
import { type SlidingWindow } from './sliding-window.js';
import { type IssuedToken, type LocalTokens } from './tokens.js';

/** Where a request to sign in comes from. */
export interface SignInOrigin {
  readonly address: string;
  /** The mark that the device showed, see KnownDevices; null without one. */
  readonly mark: string | null;
}

export interface SignedIn extends IssuedToken {
  /** True when an administrator set the password: the token is good for changing it and for nothing else. */
  readonly mustChangePassword: boolean;
  /** What the device is to keep, where it has no good mark yet. */
  readonly mark: string | null;
}

/** Gives a token for a name and a password. Unknown names, closed accounts and wrong passwords look and last the same. */
export class SignIn {
  constructor(
    private readonly directory: AccountDirectory,
    private readonly tokens: LocalTokens,
    private readonly tries: SignInTries,
    private readonly devices: KnownDevices,
    /** Requests of one address, good or not, before anything of them is read. */
    private readonly requests: SlidingWindow,
    private readonly clock: Clock,
  ) {}

  /** Asked before a body is looked at. @throws HttpProblem 429 */
  admit(address: string): void {
    const waitMs = this.requests.attempt(addressGroup(address), this.clock.now());
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw retryLater(429, 'sign-in.too-many', seconds, { seconds });
  }

  /** @throws HttpProblem 401, 429, 503 */
  async withPassword(name: string, password: string, origin: SignInOrigin): Promise<SignedIn> {
    const now = this.clock.now();
    const device = await this.devices.deviceOf(name, origin.mark, now);
    const trier: Trier = {
      name,
      source: device === null ? { address: addressGroup(origin.address) } : { device },
    };
    await this.tries.begin(trier, now);
    const entry = await this.directory.find(name);
    const hash = entry?.account.at === 'open' ? entry.account.passwordHash : null;
    if (!(await passwordIs(hash, password)) || entry === null) {
      await this.tries.failed(trier, now);
      throw new HttpProblem(401, 'sign-in.refused', {}, { 'www-authenticate': 'Bearer realm="zhitong"' });
    }
    await this.tries.succeeded(trier);
    const mustChangePassword = entry.account.mustChangePassword === true;
    const issued = await this.tokens.issue(entry.account, this.clock.now(), { mustChangePassword });
    const mark = device === null ? await this.devices.mark(name, now) : null;
    return { ...issued, mustChangePassword, mark };
  }
}
