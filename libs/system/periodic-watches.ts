import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { type Logger } from 'pino';

/** Something that looks through a list now and then, and may be asked to as often as one likes. */
export interface Watch {
  sweep(signal: AbortSignal): Promise<void>;
}

export interface PeriodicWatchesOptions {
  /** By name, for the log. */
  readonly watches: { readonly [name: string]: Watch };
  readonly log: Logger;
  /** False in a process that does not keep the clock. */
  readonly enabled: boolean;
}

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Runs the watches a minute after the start and then every hour, one after the other; one that fails stops no other. */
export class PeriodicWatches implements OnApplicationBootstrap, OnModuleDestroy {
  private timer: NodeJS.Timeout | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly options: PeriodicWatchesOptions) {}

  onApplicationBootstrap(): void {
    if (this.options.enabled) this.next(FIRST_AFTER_MS);
  }

  /** What is under way ends before the stores close. */
  async onModuleDestroy(): Promise<void> {
    this.stopping.abort();
    if (this.timer) clearTimeout(this.timer);
    await this.running;
  }

  private next(afterMs: number): void {
    this.timer = setTimeout(() => {
      this.running = this.sweep();
    }, afterMs);
    this.timer.unref();
  }

  private async sweep(): Promise<void> {
    const { signal } = this.stopping;
    for (const [name, watch] of Object.entries(this.options.watches)) {
      try {
        await watch.sweep(signal);
      } catch (err) {
        this.options.log.error({ err, watch: name }, 'a watch failed; it looks again in an hour');
      }
    }
    if (!signal.aborted) this.next(EVERY_MS);
  }
}
