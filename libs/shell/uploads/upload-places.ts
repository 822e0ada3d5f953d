import { retryLater } from '#libs/shell/nest';

const RETRY_SECONDS = 5;

/** Bounds how many files come in at a time: all of them, and those of one person, who has at most half of the places. */
export class UploadPlaces {
  private readonly taken = new Map<string, number>();
  private count = 0;

  constructor(private readonly max: number) {}

  /** @throws HttpProblem 503 where no place is free for the person */
  async within<Result>(person: string, work: () => Promise<Result>): Promise<Result> {
    const own = this.taken.get(person) ?? 0;
    if (this.count >= this.max || own >= Math.max(1, this.max / 2)) {
      throw retryLater(503, 'upload.too-many-at-once', RETRY_SECONDS);
    }
    this.count += 1;
    this.taken.set(person, own + 1);
    try {
      return await work();
    } finally {
      this.count -= 1;
      const left = (this.taken.get(person) ?? 1) - 1;
      if (left === 0) this.taken.delete(person);
      else this.taken.set(person, left);
    }
  }
}
