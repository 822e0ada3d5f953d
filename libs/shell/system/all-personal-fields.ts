import { type PersonalFields } from '#libs/engine/event-sourcing';
import { FILE_PERSONAL_FIELDS } from '#libs/county/approval';
import { ACCOUNT_PERSONAL_FIELDS, ORGANISATION_PERSONAL_FIELDS } from '#libs/county/identity';

/** What identifies a person in the events of every area: sealed on its way into the log. */
export function allPersonalFields(): PersonalFields {
  return new Map([...ACCOUNT_PERSONAL_FIELDS, ...ORGANISATION_PERSONAL_FIELDS, ...FILE_PERSONAL_FIELDS]);
}
