import { type Decider, type DomainCommand, type Needs, RuleViolation } from '#libs/engine/event-sourcing';
import { type ValueTaken } from './unique-values.events.js';

/** Takes a value for one holder alone. */
export interface TakeValue extends DomainCommand, Needs<TakeValueFacts> {
  readonly type: 'TakeValue';
  readonly kind: string;
  readonly value: string;
  readonly holder: string;
}

interface TakeValueFacts {
  /** Whether the one who has it by the log has it in truth. */
  readonly isHeld: boolean;
  /** A holder that took it and needs it no more; left out where none does. */
  readonly over?: string;
}

export interface ValueState {
  readonly holder: string | null;
  /** ISO instant at which it was taken; null before. */
  readonly takenAt: string | null;
}

/** A value may be taken by a command that is not stored after all, as when its process ends: after this long it is free again. */
const UNUSED_MS = 10 * 60_000;

export const valueDecider: Decider<ValueState, TakeValue, ValueTaken> = {
  initial: { holder: null, takenAt: null },

  decide({ holder: present, takenAt }, { kind, value, holder, meta }, { isHeld, over }) {
    if (present === holder) return [];
    const isFree =
      present === null ||
      takenAt === null ||
      present === over ||
      (!isHeld && Date.parse(meta.now) - Date.parse(takenAt) > UNUSED_MS);
    if (!isFree) throw new RuleViolation('value.taken', { kind, value, holder: present }, 'state');
    return [{ type: 'ValueTaken', version: 1, data: { kind, value, holder } }];
  },

  evolve(_, { data, metadata }) {
    return { holder: data.holder, takenAt: metadata.recordedAt };
  },
};
