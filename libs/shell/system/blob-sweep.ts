import { isContentNamed } from '#libs/county/approval';
import { sweep } from '#libs/engine/blobs';
import { type System } from './system.js';

const HOUR_MS = 3_600_000;
/** How long a sweep waits for the read models, which say what the log names. */
const PATIENCE_MS = 60_000;

/** Removes contents of files that no event names, once they are old enough: what a killed process has left. */
export class BlobSweep {
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<unknown> = Promise.resolve();

  constructor(private readonly system: System) {}

  start(): void {
    this.timer ??= setInterval(() => {
      this.running = this.sweep().catch((err: unknown) =>
        this.system.log.warn({ err }, 'contents of files that nobody names cannot be removed now'),
      );
    }, HOUR_MS).unref();
  }

  /** How many were removed; none while the read models are behind the log. */
  async sweep(): Promise<number> {
    const { eventStore, projections, models, uploads, spool, config, clock } = this.system;
    const before = clock.now() - config.files.orphanHours * HOUR_MS;
    const end = await eventStore.lastPosition();
    if (end === null || !(await projections.waitFor(end, PATIENCE_MS))) return 0;
    return sweep({
      blobs: uploads.blobs,
      spool,
      isNamed: (sha256) => isContentNamed(models, sha256),
      before,
    });
  }

  async stop(): Promise<void> {
    if (this.timer !== null) clearInterval(this.timer);
    await this.running;
  }
}
