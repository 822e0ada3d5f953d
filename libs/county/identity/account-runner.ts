import { DeciderRunner, type EventStore } from '#libs/engine/event-sourcing';
import { accountDecider } from './account.decider.js';
import { type CreditCodes } from './credit-codes.js';
import { type Identities } from './identities.js';
import { type AccountRunner } from './identity.tokens.js';
import { type OpenAdmins } from './open-admins.js';

/** What one account at most may have, or do at a time. */
interface OfOneAccount {
  readonly codes: Pick<CreditCodes, 'take'>;
  readonly identities: Pick<Identities, 'take'>;
  readonly admins: Pick<OpenAdmins, 'leave'>;
}

/** Takes what one account alone may have when the command was decided: one that is refused, or only proposes, takes nothing. */
export function accountRunner(store: EventStore, { codes, identities, admins }: OfOneAccount): AccountRunner {
  return new DeciderRunner(store, accountDecider, {
    complete: async (events, { meta }, state) => {
      for (const { type, data } of events) {
        const isCoded = type === 'AccountOpened' || type === 'CreditCodeRegistered';
        if (isCoded && data.creditCode !== undefined) await codes.take(data.creditCode, data.account, meta);
        if (type === 'IdentityBound') await identities.take(data, data.account, meta);
        const isAdmin = state.at === 'open' && state.role === 'admin';
        if (type === 'AccountClosed' && isAdmin) await admins.leave(data.account, meta);
      }
      return events;
    },
  });
}
