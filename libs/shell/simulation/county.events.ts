import { type DomainEvent } from '#libs/engine/event-sourcing';

/** A simulated county is about to be played that goes on with the days. */
export type SimulatedCountyPlanned = DomainEvent<
  'SimulatedCountyPlanned',
  1,
  {
    readonly seed: number;
    readonly projects: number;
    /** The legal day it is planned for; its first day and its standstills are counted back from it. */
    readonly planned: string;
  }
>;

/** What happens in it before a legal day is on record. A later start sees from it that there is nothing to do. */
export type SimulatedCountyPlayed = DomainEvent<
  'SimulatedCountyPlayed',
  1,
  {
    readonly until: string;
    /** Acts that people of the real world made impossible; what would have followed them was left out. */
    readonly refused: number;
  }
>;

export type SimulatedCountyEvent = SimulatedCountyPlanned | SimulatedCountyPlayed;
