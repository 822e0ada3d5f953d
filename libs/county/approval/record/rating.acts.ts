import { type SubmittedApplication, idOf } from '../core/facts.js';
import { type RateService, type RatingFacts } from './rating.commands.js';
import { type ServiceRated } from './rating.events.js';
import { actMustBeUnrated, mustBeAHandlingAct } from './rating.rules.js';
import { type WithRatings } from './record.state.js';

export function rateService(
  state: SubmittedApplication & WithRatings,
  command: RateService,
  facts: RatingFacts,
): ServiceRated {
  const { revision, stars, comment = null } = command;
  const { type, department, post, person } = mustBeAHandlingAct(state, revision, facts);
  actMustBeUnrated(state, revision);
  return {
    type: 'ServiceRated',
    version: 1,
    data: { ...idOf(state), rated: revision, ratedType: type, department, post, person, stars, comment },
  };
}
