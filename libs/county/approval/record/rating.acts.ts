import { type Existing, idOf } from '../application/application.state.js';
import { type RateService } from './rating.commands.js';
import { type ServiceRated } from './rating.events.js';
import * as rules from './rating.rules.js';

export function rateService(state: Existing, command: RateService): ServiceRated {
  const { revision, stars, comment = null } = command;
  const { type, department, post, person } = rules.mustBeAHandlingAct(state, command);
  rules.actMustBeUnrated(state, revision);
  return {
    type: 'ServiceRated',
    version: 1,
    data: { ...idOf(state), rated: revision, ratedType: type, department, post, person, stars, comment },
  };
}
