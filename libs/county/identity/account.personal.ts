import { personalFields } from '#libs/engine/event-sourcing';
import { type AccountEvent } from './account.events.js';

/** Roles of natural persons who hold no office. Officials acting in office are named. */
const NOT_IN_OFFICE: readonly string[] = ['applicant', 'agent'];

export const ACCOUNT_PERSONAL_FIELDS = personalFields<AccountEvent>({
  AccountOpened: (data, seal) =>
    NOT_IN_OFFICE.includes(data.role) ? { ...data, displayName: seal(data.account, data.displayName) } : data,
  AccountChangeProposed: (data, seal) => {
    const { account, change } = data;
    return change.act === 'open' && NOT_IN_OFFICE.includes(change.role)
      ? { ...data, change: { ...change, displayName: seal(account, change.displayName) } }
      : data;
  },
});
