import { type Decider, type DomainCommand, impossible } from '#libs/engine/event-sourcing';
import {
  type SimulatedCountyEvent,
  type SimulatedCountyPlanned,
  type SimulatedCountyPlayed,
} from './county.events.js';

/** Sent by the seed itself. */
export interface PlanSimulatedCounty extends DomainCommand {
  readonly type: 'PlanSimulatedCounty';
  readonly plan: SimulatedCountyPlanned['data'];
}

/** Sent by the seed itself. */
export interface NotePlayedCounty extends DomainCommand {
  readonly type: 'NotePlayedCounty';
  readonly played: SimulatedCountyPlayed['data'];
}

type SimulatedCountyState = {
  /** Null before it was planned. */
  readonly plan: SimulatedCountyPlanned['data'] | null;
  /** The legal day before which everything was played; null before the first time. */
  readonly until: string | null;
};

/** The stream `simulation-{seed}`: for which day a county was planned, and up to which it was played. */
export const simulatedCountyDecider: Decider<
  SimulatedCountyState,
  PlanSimulatedCounty | NotePlayedCounty,
  SimulatedCountyEvent
> = {
  initial: { plan: null, until: null },

  decide({ plan, until }, command) {
    if (command.type === 'PlanSimulatedCounty') {
      return plan === null ? [{ type: 'SimulatedCountyPlanned', version: 1, data: command.plan }] : [];
    }
    const { played } = command;
    if (until !== null && until >= played.until) return [];
    return [{ type: 'SimulatedCountyPlayed', version: 1, data: played }];
  },

  evolve(state, event) {
    switch (event.type) {
      case 'SimulatedCountyPlanned':
        return { ...state, plan: event.data };
      case 'SimulatedCountyPlayed':
        return { ...state, until: event.data.until };
      default:
        return impossible(event);
    }
  },
};

export const simulationStream = (seed: number): string => `simulation-${seed}`;
