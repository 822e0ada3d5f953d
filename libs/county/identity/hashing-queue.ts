import { retryLater } from '#libs/shell/nest';

/** Argon2 runs that may go on at once: each takes 19 MiB and a thread of the pool that disks use too. */
const AT_ONCE = 2;
/** How many may wait for their turn; further ones are refused with a time to retry. */
const WAITING = 64;

/** Bounds the work of hashing passwords, which anybody can ask for without having signed in. */
export class HashingQueue {
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly atOnce = AT_ONCE,
    private readonly mostWaiting = WAITING,
  ) {}

  /** @throws HttpProblem 503 when too many wait already */
  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.running < this.atOnce) this.running++;
    else if (this.waiting.length >= this.mostWaiting) throw retryLater(503, 'sign-in.busy', 1);
    else {
      // A task that is done passes its place on: `running` does not change.
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = this.waiting.shift();
      if (next) next();
      else this.running--;
    }
  }
}
