import { type Clock, HttpProblem, retryLater, unauthenticated } from '#libs/shell/nest';
import { type AccountDirectory } from './account-directory.js';
import { type Identity, type KnownAccount } from './account.state.js';
import { addressGroup } from './address-group.js';
import { type Identities } from './identities.js';
import { type KnownDevices } from './known-devices.js';
import { passwordIs } from './passwords.js';
import { type KeptSession, type Sessions } from './sessions.js';
import { type SignInTries, type Trier } from './sign-in-tries.js';
import { type SlidingWindow } from './sliding-window.js';
import { type IssuedToken, type LocalTokens } from './tokens.js';

/** Where a request to sign in comes from. */
export interface SignInOrigin {
  readonly address: string;
  /** What the browser says it is; null if it says nothing. */
  readonly device: string | null;
}

/** With the mark that the device showed, see KnownDevices; null without one. */
export interface PasswordOrigin extends SignInOrigin {
  readonly mark: string | null;
}

interface Checked {
  readonly account: KnownAccount;
  /** True when an administrator set the password: good for changing it and for nothing else. */
  readonly mustChangePassword: boolean;
  /** What the device is to keep, where it has no good mark yet. */
  readonly mark: string | null;
}

export type SignedIn = IssuedToken & Omit<Checked, 'account'>;

export interface BegunSession {
  readonly cookie: string;
  readonly person: string;
  readonly session: KeptSession;
}

export interface SignInParts {
  readonly directory: AccountDirectory;
  readonly tokens: LocalTokens;
  readonly sessions: Sessions;
  readonly identities: Identities;
  readonly tries: SignInTries;
  readonly devices: KnownDevices;
  /** Requests of one address, good or not, before anything of them is read. */
  readonly requests: SlidingWindow;
  readonly clock: Clock;
}

/**
 * Gives a token or a session for a name and a password, or a session for who signed in at the provider. Unknown names, closed
 * accounts and wrong passwords look and last the same.
 */
export class SignIn {
  constructor(private readonly parts: SignInParts) {}

  /** Asked before a body is looked at. @throws HttpProblem 429 */
  admit(address: string): void {
    const waitMs = this.parts.requests.attempt(addressGroup(address), this.parts.clock.now());
    if (waitMs <= 0) return;
    const seconds = Math.ceil(waitMs / 1000);
    throw retryLater(429, 'sign-in.too-many', seconds, { seconds });
  }

  /** @throws HttpProblem 401, 429, 503 */
  async tokenFor(name: string, password: string, origin: PasswordOrigin): Promise<SignedIn> {
    const { account, mustChangePassword, mark } = await this.checked(name, password, origin);
    const issued = await this.parts.tokens.issue(account, this.parts.clock.now(), { mustChangePassword });
    return { ...issued, mustChangePassword, mark };
  }

  /** @throws HttpProblem 401, 429, 503 */
  async sessionFor(
    name: string,
    password: string,
    origin: PasswordOrigin,
  ): Promise<BegunSession & { readonly mark: string | null }> {
    const { account, mustChangePassword, mark } = await this.checked(name, password, origin);
    const { address, device } = origin;
    const beginning = { address, device, mustChangePassword };
    const begun = await this.parts.sessions.begin(account, beginning, this.parts.clock.now());
    return { ...begun, person: account.account, mark };
  }

  /** @throws HttpProblem 401 when the subject is not bound to an open account */
  async sessionOf(identity: Identity, { address, device }: SignInOrigin): Promise<BegunSession> {
    const { identities, directory, sessions, clock } = this.parts;
    const name = await identities.accountOf(identity);
    const entry = name === null ? null : await directory.find(name);
    if (entry?.account.at !== 'open') throw unauthenticated('identity.not-bound');
    const begun = await sessions.begin(entry.account, { address, device, identity }, clock.now());
    return { ...begun, person: entry.account.account };
  }

  private async checked(name: string, password: string, origin: PasswordOrigin): Promise<Checked> {
    const { directory, tries, devices, clock } = this.parts;
    const now = clock.now();
    const device = await devices.deviceOf(name, origin.mark, now);
    const trier: Trier = {
      name,
      source: device === null ? { address: addressGroup(origin.address) } : { device },
    };
    await tries.begin(trier, now);
    const entry = await directory.find(name);
    const hash = entry?.account.at === 'open' ? entry.account.passwordHash : null;
    if (!(await passwordIs(hash, password)) || entry === null) {
      await tries.failed(trier, now);
      throw new HttpProblem(401, 'sign-in.refused', {}, { 'www-authenticate': 'Bearer realm="zhitong"' });
    }
    await tries.succeeded(trier);
    return {
      account: entry.account,
      mustChangePassword: entry.account.mustChangePassword === true,
      mark: device === null ? await devices.mark(name, now) : null,
    };
  }
}
