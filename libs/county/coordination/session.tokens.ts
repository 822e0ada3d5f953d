import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type SessionCommand } from './session.commands.js';
import { type SessionEvent } from './session.events.js';
import { type SessionState } from './session.state.js';

export type SessionRunner = DeciderRunner<SessionState, SessionCommand, SessionEvent>;

export const SESSION_RUNNER = Symbol('SessionRunner');
export const SESSION_STREAM = 'session-';
