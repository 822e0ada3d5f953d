import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type RequestCommand } from './request.commands.js';
import { type RequestEvent, type RequestState } from './request.events.js';

export type RequestRunner = DeciderRunner<RequestState, RequestCommand, RequestEvent>;

export const REQUEST_RUNNER = Symbol('RequestRunner');
export const REQUEST_STREAM = 'request-';
