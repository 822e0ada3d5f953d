import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type ApplicationCommand, type FollowUp } from './application.commands.js';
import { type ApplicationEvent } from './application.events.js';
import { type ApplicationState } from './application.state.js';

export type ApplicationRunner = DeciderRunner<
  ApplicationState,
  ApplicationCommand | FollowUp,
  ApplicationEvent
>;

export const APPLICATION_RUNNER = Symbol('ApplicationRunner');

export const APPLICATION_STREAM = 'application-';
