import { type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { APPLICATION_STREAM, type ApplicationRunner, type SignalPolicy } from '#libs/approval';
import { type QuerySources } from '#libs/nest';
import { IdleWatch } from '#libs/reports';
import { type Logger } from 'pino';

const FIRST_AFTER_MS = 60_000;
const EVERY_MS = 3_600_000;

/** Runs the watch over idle holders every hour, in the process that keeps the clock. */
export class IdleWatchService implements OnApplicationBootstrap, OnModuleDestroy {
  readonly watch: IdleWatch;
  private timer: NodeJS.Timeout | null = null;
  private readonly stopping = new AbortController();
  private running: Promise<void> = Promise.resolve();

  constructor(
    applications: ApplicationRunner,
    policy: SignalPolicy,
    { models, calendar, now }: QuerySources,
    private readonly log: Logger,
    private readonly enabled: boolean,
  ) {
    this.watch = new IdleWatch({
      models,
      calendar,
      now,
      idleWorkingDays: policy.idleWorkingDays,
      send: (command) => applications.run(APPLICATION_STREAM + command.id, command),
      onFault: (application, error) =>
        log.error({ application, err: error }, 'an idle holder was not flagged'),
    });
  }

  onApplicationBootstrap(): void {
    if (this.enabled) this.next(FIRST_AFTER_MS);
  }

  /** The sweep under way ends after the case it is at. */
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
    try {
      await this.watch.sweep(this.stopping.signal);
    } catch (error) {
      this.log.error({ err: error }, 'the watch over idle holders failed; it looks again in an hour');
    }
    if (!this.stopping.signal.aborted) this.next(EVERY_MS);
  }
}
