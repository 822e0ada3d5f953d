/** What `inTime` answers when the time is over. */
export const LATE = Symbol('late');

/** The answer if it comes within so many milliseconds. What was asked goes on; nobody hears of its end any more. */
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

/** A question that is not asked again while it is unanswered: whoever asks meanwhile shares the answer that is to come. */
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
