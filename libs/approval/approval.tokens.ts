import { type DeciderRunner } from '#libs/event-sourcing';
import { type ApplicationCommand } from './approval.commands.js';
import { type ApplicationEvent } from './approval.events.js';
import { type ApplicationState } from './approval.state.js';

export type ApplicationRunner = DeciderRunner<ApplicationState, ApplicationCommand, ApplicationEvent>;

export const APPLICATION_RUNNER = Symbol('ApplicationRunner');
export const APPLICATION_STREAM = 'application-';
