import { type DeciderRunner } from '#libs/engine/event-sourcing';
import { type ChallengeCommand } from './challenge.commands.js';
import { type ChallengeState } from './challenge.decider.js';
import { type ChallengeEvent } from './challenge.events.js';

export type ChallengeRunner = DeciderRunner<ChallengeState, ChallengeCommand, ChallengeEvent>;

export const CHALLENGE_RUNNER = Symbol('ChallengeRunner');
export const CHALLENGE_STREAM = 'challenge-';
