import { LIVE_MESSAGES } from '#libs/shell/live';
import { APPROVAL_MESSAGES, LOOKUP_MESSAGES } from '#libs/county/approval';
import { BULLETIN_MESSAGES } from '#libs/county/bulletin';
import { CAMPAIGN_MESSAGES } from '#libs/county/campaign';
import { CATALOGUE_MESSAGES, CHALLENGE_MESSAGES } from '#libs/law/catalogue';
import { MANDATE_MESSAGES } from '#libs/county/agency';
import { DISPUTE_MESSAGES, SESSION_MESSAGES } from '#libs/county/coordination';
import { DUTY_MESSAGES, ROSTER_MESSAGES } from '#libs/county/duty';
import { IDENTITY_MESSAGES, REFERENCE_MESSAGES } from '#libs/county/identity';
import { IMPROVEMENT_MESSAGES } from '#libs/county/improvement';
import { LAW_MESSAGES } from '#libs/law/citations';
import { type MessageTable } from '#libs/shell/nest';
import { UPLOAD_MESSAGES } from '#libs/shell/uploads';
import { PROJECT_MESSAGES } from '#libs/county/project';
import { REQUEST_MESSAGES } from '#libs/county/requests';
import { SELF_INSPECTION_MESSAGES } from '#libs/county/self-inspection';

/** The refusal messages of all areas. */
export const AREA_MESSAGES: MessageTable = {
  ...CATALOGUE_MESSAGES,
  ...CHALLENGE_MESSAGES,
  ...PROJECT_MESSAGES,
  ...APPROVAL_MESSAGES,
  ...LOOKUP_MESSAGES,
  ...DISPUTE_MESSAGES,
  ...MANDATE_MESSAGES,
  ...SESSION_MESSAGES,
  ...IDENTITY_MESSAGES,
  ...REFERENCE_MESSAGES,
  ...DUTY_MESSAGES,
  ...ROSTER_MESSAGES,
  ...BULLETIN_MESSAGES,
  ...CAMPAIGN_MESSAGES,
  ...IMPROVEMENT_MESSAGES,
  ...SELF_INSPECTION_MESSAGES,
  ...REQUEST_MESSAGES,
  ...LAW_MESSAGES,
  ...UPLOAD_MESSAGES,
  ...LIVE_MESSAGES,
};
