import { personalFields } from '#libs/engine/event-sourcing';
import { isOutside } from '#libs/shell/roles';
import { type AccountEvent } from './account.events.js';

/** The names of those outside of the administration are personal data. Officials acting in office are named. */
export const ACCOUNT_PERSONAL_FIELDS = personalFields<AccountEvent>({
  AccountOpened: (data, seal) =>
    isOutside(data.role) ? { ...data, displayName: seal(data.account, data.displayName) } : data,
  AccountChangeProposed: (data, seal) => {
    const { account, change } = data;
    return change.act === 'open' && isOutside(change.role)
      ? { ...data, change: { ...change, displayName: seal(account, change.displayName) } }
      : data;
  },
});
