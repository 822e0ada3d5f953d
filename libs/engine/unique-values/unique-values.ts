import { createHash } from 'node:crypto';
import { type CommandMeta, DeciderRunner, type EventStore, RuleViolation } from '#libs/engine/event-sourcing';
import { type TakeValue, valueDecider, type ValueState } from './unique-values.decider.js';
import { type ValueTaken } from './unique-values.events.js';

export interface TakenBy {
  readonly holder: string;
}

/**
 * Values that one thing may have and no other: each has a stream, so that when two take it at once, one of them conflicts. A
 * value is taken once the command that needs it was decided, and before its events are stored (`complete` of a runner): a command
 * that is refused takes nothing. `holds` and `isOver` must not wait for the stream of that command.
 */
export class UniqueValues {
  private readonly runner: DeciderRunner<ValueState, TakeValue, ValueTaken>;

  constructor(store: EventStore, runner?: DeciderRunner<ValueState, TakeValue, ValueTaken>) {
    this.runner = runner ?? new DeciderRunner(store, valueDecider, { cacheSize: 1_000 });
  }

  /**
   * Null when the holder has it now; else who has it. `holds` says whether a holder that took it really has it, `isOver`
   * that they need it no more and it is free at once.
   */
  async take(
    { kind, value, holder }: { readonly kind: string; readonly value: string; readonly holder: string },
    meta: CommandMeta,
    holds: (holder: string) => Promise<boolean>,
    isOver: (holder: string) => Promise<boolean> = () => Promise.resolve(false),
  ): Promise<TakenBy | null> {
    const stream = streamOf(kind, value);
    const { state } = await this.runner.load(stream);
    const present = state.holder;
    const isAnothers = present !== null && present !== holder;
    const isHeld = isAnothers && (await holds(present));
    const over = isAnothers && (await isOver(present)) ? { over: present } : {};
    // The caller's revision is that of the command that needs the value. Their key is left in: with one that was used for
    // another thing, nothing is taken.
    const command: TakeValue = {
      ...{ type: 'TakeValue', kind, value, holder },
      meta: { ...meta, expectedRevision: null },
    };
    try {
      await this.runner.run(stream, command, { isHeld, ...over });
      return null;
    } catch (error) {
      if (!(error instanceof RuleViolation) || error.code !== 'value.taken') throw error;
      const { holder: other } = error.params;
      if (typeof other !== 'string') throw error;
      return { holder: other };
    }
  }

  /** Who took it last; whether they have it in truth is for the caller to look up. */
  async lastHolder(kind: string, value: string): Promise<string | null> {
    const { state } = await this.runner.load(streamOf(kind, value));
    return state.holder;
  }
}

/** Values are of any length and alphabet; names of streams are not. */
function streamOf(kind: string, value: string): string {
  return `value-${kind}-${createHash('sha256').update(value).digest('hex')}`;
}
