export { LawCatalogue, lawCatalogue } from './law-catalogue.js';
export { type ReferenceFault, lawsCited, readArticlesOf, readReferences } from './law-reference.js';
export { faultInText } from './citations-in-text.js';
export { chineseReference, englishReference } from './printed-reference.js';
export { isTroubleAlone, saysNothing } from './grounds.js';
export { REMEDIES, tellsRemedies } from './remedies.js';
export { LAW_MESSAGES } from './law.messages.js';
export {
  STATUTES,
  type StatuteReference,
  businessEnvironment,
  cited,
  construction,
  energyConservation,
  fireProtection,
  floodControl,
  occupationalDisease,
  environmentalImpact,
  licensing,
  placeInLicensing,
  waterSoil,
} from './statutes.js';
