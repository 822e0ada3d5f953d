import { type Recorded } from '#libs/engine/event-sourcing';
import { isSignal } from '../signals/signals.events.js';
import { type ApplicationEvent } from './application.events.js';

/** A transfer from one department to another, by the event that says so. */
export type Move = { readonly event: string; readonly from: string; readonly to: string };

/** What an application's past has in it that a signal may rest on later. Lists hold the latest few, oldest first. */
export type Trail = {
  /** Ids of the notices (一次告知). */
  readonly supplements: readonly string[];
  readonly returns: readonly { readonly event: string; readonly reason: string }[];
  /** Transfers between departments since the last cycle was detected, the last of that cycle included. */
  readonly moves: readonly Move[];
  /** Cycles of transfers detected so far. */
  readonly cycles: number;
  /** When it was granted, or closed as done; ISO instant. */
  readonly grantedAt: string | null;
};

/** Left out of the state while there is nothing to remember. */
export type WithTrail = { readonly trail?: Trail };

const EMPTY: Trail = { supplements: [], returns: [], moves: [], cycles: 0, grantedAt: null };

const KEPT = 4;

const latest = <T>(list: readonly T[], added: T): readonly T[] => [...list, added].slice(-KEPT);

/**
 * The trail after an event: a new one when there is something to remember, else the same, which is undefined for most applications.
 */
export function trailAfter(trail: Trail | undefined, event: Recorded<ApplicationEvent>): Trail | undefined {
  const before = trail ?? EMPTY;
  if (isSignal(event)) {
    if (event.type !== 'BuckPassingDetected') return trail;
    return { ...before, moves: before.moves.slice(-1), cycles: before.cycles + 1 };
  }
  if (event.type === 'SupplementRequested')
    return { ...before, supplements: latest(before.supplements, event.id) };
  if (event.type === 'ApplicationReturned')
    return { ...before, returns: latest(before.returns, { event: event.id, reason: event.data.reason }) };
  if (event.type === 'ApplicationTransferred') {
    const { from, to } = event.data;
    if (from === null || from === to.department) return trail;
    return { ...before, moves: latest(before.moves, { event: event.id, from, to: to.department }) };
  }
  if (event.type === 'ApplicationApproved' || event.type === 'ApplicationClosed')
    return { ...before, grantedAt: event.data.clock.stoppedAt };
  return trail;
}

/**
 * The events that gave an application to A, B, A and B, when the next transfer, `own`, is the third between the same two; else
 * null. `opened` is the event that gave it to its first department. A cycle is reported once: the next one begins with the last
 * transfer of this one.
 */
export function cycleOf(
  { moves, cycles }: Pick<Trail, 'moves' | 'cycles'>,
  own: Move,
  opened: string | null,
): readonly string[] | null {
  const [first, second] = moves.slice(-2);
  if (!first || !second) return null;
  const alternates =
    first.from === own.from && first.to === own.to && second.from === own.to && second.to === own.from;
  const placed = moves.at(-3)?.event ?? (cycles === 0 ? opened : null);
  if (!alternates || own.from === own.to || placed === null) return null;
  return [placed, first.event, second.event, own.event];
}

/** Whether two reasons are the same but for spacing and punctuation. */
export const sameReason = (a: string, b: string): boolean => plain(a) === plain(b);

const plain = (reason: string): string => reason.normalize('NFKC').replace(/[\s\p{P}]/gu, '');
