import { mandates } from '#libs/county/agency';
import { APPLICATION_EVENT_TYPES } from '#libs/county/approval';
import { bulletins } from '#libs/county/bulletin';
import { plans, pledges } from '#libs/county/campaign';
import { disputes, sessions } from '#libs/county/coordination';
import { rosters } from '#libs/county/duty';
import { accounts, departments, organisations } from '#libs/county/identity';
import { improvements } from '#libs/county/improvement';
import { requests } from '#libs/county/requests';
import { selfInspections } from '#libs/county/self-inspection';
import { challenges, matters, templates } from '#libs/law/catalogue';
import { projects } from '../project/project.projection.js';

/** The read models of the areas say which types of event they are made of. */
const READ_MODELS = [
  accounts,
  bulletins,
  challenges,
  departments,
  disputes,
  improvements,
  mandates,
  matters,
  organisations,
  pledges,
  plans,
  projects,
  requests,
  rosters,
  selfInspections,
  sessions,
  templates,
];

/** What no read model of an area is made of. */
const IN_NO_READ_MODEL = [
  'CampaignOfficeAssigned',
  'CampaignOfficeEnded',
  'CanaryClimbed',
  'CanaryReleased',
  'CataloguePublished',
  'DutyAssigned',
  'ImportBegun',
  'ImportCompleted',
  'NumberTaken',
  'SimulatedCountyPlanned',
  'SimulatedCountyPlayed',
  'TaskDischarged',
  'ValueTaken',
];

/** Every type of event that was ever stored, by name. A test holds it against the golden events of all areas. */
export const EVENT_TYPES: readonly string[] = [
  ...new Set([...APPLICATION_EVENT_TYPES, ...READ_MODELS.flatMap(({ types }) => types), ...IN_NO_READ_MODEL]),
].sort();
