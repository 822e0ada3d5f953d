import { ESCALATION_LEVELS } from '#libs/county/approval';
import {
  type CommandMeta,
  type Decider,
  type DeciderRunner,
  impossible,
  type Recorded,
} from '#libs/engine/event-sourcing';
import { type CanaryEvent, type CanaryRung } from './canary.events.js';

type ReleaseCanary = {
  readonly type: 'ReleaseCanary';
  readonly day: string;
  readonly meta: CommandMeta;
};
type ClimbCanary = {
  readonly type: 'ClimbCanary';
  readonly rung: CanaryRung;
  readonly meta: CommandMeta;
};
export type CanaryCommand = ReleaseCanary | ClimbCanary;

/** `left`: the rungs it has not reached yet, lowest first; none when it is home. */
export type CanaryState =
  | { readonly at: 'absent' }
  | {
      readonly at: 'released';
      readonly day: string;
      readonly left: readonly CanaryRung[];
      readonly releasedAt: string;
      /** When the last rung was recorded, by the server's clock; null while it is on its way. */
      readonly homeAt: string | null;
    };

export type CanaryRunner = DeciderRunner<CanaryState, CanaryCommand, CanaryEvent>;

export const CANARY_STREAM = 'canary-';
const RUNGS: readonly CanaryRung[] = ['yellow', ...ESCALATION_LEVELS];

export function evolveCanary(state: CanaryState, event: Recorded<CanaryEvent>): CanaryState {
  switch (event.type) {
    case 'CanaryReleased': {
      const { day, rungs } = event.data;
      return { at: 'released', day, left: rungs, releasedAt: event.metadata.occurredAt, homeAt: null };
    }
    case 'CanaryClimbed':
      if (state.at === 'absent') throw new Error(`${event.stream}: CanaryClimbed before CanaryReleased`);
      return {
        ...state,
        left: state.left.slice(1),
        homeAt: event.data.left === 0 ? event.metadata.recordedAt : null,
      };
    default:
      return impossible(event);
  }
}

/** One canary a day, one rung at a time; whatever does not fit adds nothing, since any number of workers may ask. */
export const canaryDecider: Decider<CanaryState, CanaryCommand, CanaryEvent> = {
  initial: { at: 'absent' },
  evolve: evolveCanary,
  decide(state, command) {
    switch (command.type) {
      case 'ReleaseCanary':
        if (state.at !== 'absent') return [];
        return [{ type: 'CanaryReleased', version: 1, data: { day: command.day, rungs: RUNGS } }];
      case 'ClimbCanary': {
        if (state.at === 'absent' || state.left[0] !== command.rung) return [];
        const { day, left } = state;
        return [
          { type: 'CanaryClimbed', version: 1, data: { day, rung: command.rung, left: left.length - 1 } },
        ];
      }
      default:
        return impossible(command);
    }
  },
};
