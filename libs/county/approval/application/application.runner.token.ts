import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type CorrectApplicationApplicant } from '../jurisdiction/applicant-correction.commands.js';
import { type DisputeCommand } from '../jurisdiction/disputes.commands.js';
import { type TakeOverApplication } from '../jurisdiction/succession.commands.js';
import { type FlagIdleHolder } from '../signals/signals.commands.js';
import { type ApplicationCommand } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState } from './application.state.js';

export type ApplicationRunner = DeciderRunner<
  ApplicationState,
  ApplicationCommand | FlagIdleHolder | DisputeCommand | TakeOverApplication | CorrectApplicationApplicant,
  ApplicationEvent
>;

export const APPLICATION_RUNNER = Symbol('ApplicationRunner');

export const APPLICATION_STREAM = 'application-';
