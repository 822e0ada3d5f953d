import { matterOfApplication } from '#libs/county/project';
import { type CommandMeta } from '#libs/engine/event-sourcing';
import { type Day, dayOf } from '#libs/law/calendar';
import { type SubmittedApplication } from '../core/facts.js';
import { refusing } from '../core/refuse.js';
import { WORKS_MESSAGES } from './works.messages.js';
import { isVerified, STOP_ARTICLE, type Stop, yearOf } from './works-stop.js';
import { CONSTRUCTION_PERMIT } from './works.rules.js';
import { type WithPermit } from './permit.state.js';

const refuse = refusing(WORKS_MESSAGES);

type Granted = SubmittedApplication & WithPermit;

/** Only works that have begun under a permit can stop (在建的建筑工程, 建筑法 Art. 10). */
export function worksMustBegin({ application, terms, usedOn }: Granted): void {
  if (terms.use === undefined && matterOfApplication(application) !== CONSTRUCTION_PERMIT) {
    refuse('application.not-a-permit-of-works', { application }, 'state', STOP_ARTICLE);
  }
  if (usedOn === undefined) refuse('application.works-not-begun', { application }, 'state', STOP_ARTICLE);
}

/** A stop is reported once; one that the organ found is still to be reported. */
export function reportMustBeNew({ application, stop }: Granted): void {
  if (stop?.isReported)
    refuse('application.works-stopped-already', { application, on: stop.on }, 'state', STOP_ARTICLE);
}

/** Works that stand still cannot be found to stop again. */
export function worksMustStand({ application, stop }: Granted): void {
  if (stop) refuse('application.works-stopped-already', { application, on: stop.on }, 'state', STOP_ARTICLE);
}

export function worksMustStandStill({ application, stop }: Granted): Stop {
  return stop ?? refuse('application.works-not-stopped', { application }, 'state', STOP_ARTICLE);
}

/** Works stop on a day since they last began, and not in the future; a stop that was found began on that day or before it. */
export function stopMustBePossible(
  { application, usedOn = '', resumedOn, stop }: Granted,
  on: Day,
  { now }: CommandMeta,
): void {
  const from = resumedOn ?? usedOn;
  const until = stop?.on ?? dayOf(now);
  if (on >= from && on <= until) return;
  refuse('application.not-a-day-of-stop', { application, on, from, until }, 'input', STOP_ARTICLE);
}

export function resumptionMustBePossible(
  { application }: Granted,
  { on: from }: Stop,
  on: Day,
  { now }: CommandMeta,
): void {
  const until = dayOf(now);
  if (on >= from && on <= until) return;
  refuse('application.not-a-day-of-resumption', { application, on, from, until }, 'input', STOP_ARTICLE);
}

/** After a year of standing still the organ verifies the permit before the works go on. */
export function permitMustBeVerified({ application }: Granted, stop: Stop, on: Day): void {
  if (on <= yearOf(stop) || isVerified(stop, on)) return;
  const params = { application, stoppedOn: stop.on, yearUntil: yearOf(stop) };
  refuse('application.permit-not-verified', params, 'state', STOP_ARTICLE);
}
