import { type Decide } from '../core/deciding.js';
import { type SubmittedApplication, idOf } from '../core/facts.js';
import {
  type EscalateApplication,
  type EscalationCommand,
  type SendDownApplication,
} from './escalation.commands.js';
import {
  type ApplicationEscalated,
  type ApplicationSentDown,
  type EscalationEvent,
} from './escalation.events.js';
import { levelBelow, levelMustBeHigher, levelsBetween, skippingNeedsAReason } from './escalation.rules.js';

function sendDown(state: SubmittedApplication, command: SendDownApplication): ApplicationSentDown {
  const { from, to } = levelBelow(state, command.level);
  return {
    type: 'ApplicationSentDown',
    version: 1,
    data: { ...idOf(state), level: to, from, reason: command.reason },
  };
}

function escalate(state: SubmittedApplication, command: EscalateApplication): EscalationEvent[] {
  const { reason, skipReason = null } = command;
  const level = levelMustBeHigher(state, command.level);
  const skipped = levelsBetween(state.level, level);
  skippingNeedsAReason(state, skipped, skipReason);
  const escalated: ApplicationEscalated = {
    type: 'ApplicationEscalated',
    version: 1,
    data: { ...idOf(state), level, from: state.level, reason },
  };
  if (skipped.length === 0) return [escalated];
  const data = { ...idOf(state), skipped, reason: skipReason ?? '' };
  return [escalated, { type: 'EscalationLevelSkipped', version: 1, data }];
}

export const ESCALATION_DECISIONS: Decide<EscalationCommand, EscalationEvent> = {
  EscalateApplication: escalate,
  SendDownApplication: (state, command) => [sendDown(state, command)],
};
