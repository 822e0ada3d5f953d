import { type CommandMeta } from '#libs/engine/event-sourcing';
import { mayHandIn } from '../core/competence.rules.js';
import { refusing } from '../core/refuse.js';
import { type Terms } from '../core/terms.js';
import { mustBeAnInstant } from '../core/times.rules.js';
import { type Opening } from './intake.commands.js';
import { INTAKE_MESSAGES } from './intake.messages.js';

const refuse = refusing(INTAKE_MESSAGES);

/** Limits are whole days, at most ten years of them: the catalogue publishes no others, and the clock counts no others. */
function termsMustBeCountable(application: string, { statutory, promised }: Terms): void {
  for (const limit of [statutory, promised]) {
    if (limit === null || (Number.isInteger(limit.days) && limit.days >= 0 && limit.days <= 3650)) continue;
    refuse('application.terms-not-countable', { application, days: limit.days }, 'input');
  }
}

/** What the first submission must satisfy: right person, right window, limits that can be counted. */
export function openingMustFit(
  application: string,
  opening: Opening,
  promisedEnd: string | null,
  meta: CommandMeta,
): void {
  mayHandIn({ application, ...opening }, meta);
  termsMustBeCountable(application, opening.terms);
  if (promisedEnd !== null) mustBeAnInstant('promisedEnd', promisedEnd);
}
