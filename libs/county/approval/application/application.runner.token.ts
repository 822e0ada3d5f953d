import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type ApplicationCommand, type FlagIdleHolder } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type DisputeCommand } from './disputing.js';
import { type CorrectApplicationApplicant } from './correcting.js';
import { type TakeOverApplication } from './succeeding.js';
import { type ApplicationState } from './application.state.js';

export type ApplicationRunner = DeciderRunner<
  ApplicationState,
  ApplicationCommand | FlagIdleHolder | DisputeCommand | TakeOverApplication | CorrectApplicationApplicant,
  ApplicationEvent
>;

export const APPLICATION_RUNNER = Symbol('ApplicationRunner');
export const APPLICATION_STREAM = 'application-';

/** Fields of commands that handlers look up: they do not make another command of it. */
export const LOOKED_UP = [
  'opening',
  'missing',
  'granted',
  'departmentKnown',
  'openedBy',
  'knownMaterials',
  'listed',
  'unknown',
  'consult',
  'original',
  'needsReview',
] as const;
