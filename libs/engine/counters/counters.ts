import { type CommandMeta, DeciderRunner, type EventStore, metaOfPart } from '#libs/engine/event-sourcing';
import { counterDecider, type CounterState, type TakeNumber } from './counter.decider.js';
import { type NumberTaken } from './counter.events.js';

/** Many take a number at once, in several processes: each loses the race to those before it, and tries again. */
const ATTEMPTS = 100;

/**
 * Series of numbers without a number twice and without one left out: each series is a stream, its events are the numbers. A
 * holder has one number of a series, however often it is asked for, and in whatever process.
 */
export class Counters {
  private readonly runner: DeciderRunner<CounterState, TakeNumber, NumberTaken>;

  constructor(store: EventStore) {
    this.runner = new DeciderRunner(store, counterDecider, { cacheSize: 1_000, attempts: ATTEMPTS });
  }

  /** The holder's number in a series, from 1. It is on record before it is known. */
  async numberOf(series: string, holder: string, meta: CommandMeta): Promise<number> {
    // Its number is what the command of a holder came to the first time.
    const { keyUse: _, ...part } = metaOfPart(meta, `number/${series}/${holder}`);
    const command: TakeNumber = { type: 'TakeNumber', series, holder, meta: part };
    const { revision } = await this.runner.run(`number-${series}`, command);
    // Each event of the stream is one number, from 1; revisions count from 0.
    return Number(revision) + 1;
  }
}
