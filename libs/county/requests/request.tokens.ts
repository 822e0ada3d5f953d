import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type RequestCommand } from './request.commands.js';
import { type RequestEvent } from './request.events.js';
import { type RequestState } from './request.state.js';

export type RequestRunner = DeciderRunner<RequestState, RequestCommand, RequestEvent>;

export const REQUEST_RUNNER = Symbol('RequestRunner');
export const REQUEST_STREAM = 'request-';
