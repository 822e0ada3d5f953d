import { CommandIdReused } from '#libs/event-sourcing';

/**
 * Which new thing each recent command id was used for, bounded, oldest forgotten first. A stream remembers its own
 * command ids for ever; this adds the one case no stream can see, the same key for another new thing, for this
 * process and as long as it is remembered.
 */
export class SeenKeys {
  private readonly things = new Map<string, string>();

  constructor(private readonly size: number) {}

  /** @throws CommandIdReused when the id was used for another thing. */
  check(commandId: string, thing: string): void {
    const known = this.things.get(commandId);
    if (known !== undefined && known !== thing) throw new CommandIdReused(commandId, known);
    this.things.delete(commandId);
    this.things.set(commandId, thing);
    if (this.things.size > this.size) {
      for (const oldest of this.things.keys()) {
        this.things.delete(oldest);
        break;
      }
    }
  }
}
