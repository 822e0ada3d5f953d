import { APPROVAL_MESSAGES, LOOKUP_MESSAGES } from '#libs/approval';
import { CATALOGUE_MESSAGES, CHALLENGE_MESSAGES } from '#libs/catalogue';
import { DISPUTE_MESSAGES, MANDATE_MESSAGES } from '#libs/coordination';
import { DUTY_MESSAGES } from '#libs/duty';
import { IDENTITY_MESSAGES } from '#libs/identity';
import { type MessageTable } from '#libs/nest';
import { PROJECT_MESSAGES } from '#libs/project';
import { REQUEST_MESSAGES } from '#libs/requests';

/** What the areas say when they refuse. */
export const AREA_MESSAGES: MessageTable = {
  ...CATALOGUE_MESSAGES,
  ...CHALLENGE_MESSAGES,
  ...PROJECT_MESSAGES,
  ...APPROVAL_MESSAGES,
  ...LOOKUP_MESSAGES,
  ...DISPUTE_MESSAGES,
  ...MANDATE_MESSAGES,
  ...IDENTITY_MESSAGES,
  ...DUTY_MESSAGES,
  ...REQUEST_MESSAGES,
};
