/** What `inTime` returns when the time is over. */
export const LATE = Symbol('late');

/** The result if it comes within `milliseconds`. The work goes on, but its result is ignored. */
export async function inTime<Answer>(
  answer: Promise<Answer>,
  limitMs: number,
): Promise<Answer | typeof LATE> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<typeof LATE>((resolve) => {
    timer = setTimeout(() => resolve(LATE), limitMs);
  });
  // The race hears it where it is in time.
  answer.catch(() => undefined);
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A call that is not repeated while it is pending: callers in the meantime share its result. */
export class SharedQuestion<Answer> {
  #asked: Promise<Answer> | null = null;

  constructor(private readonly question: () => Promise<Answer>) {}

  ask(): Promise<Answer> {
    this.#asked ??= this.question().finally(() => {
      this.#asked = null;
    });
    return this.#asked;
  }
}
