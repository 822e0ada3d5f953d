import { LRUCache } from 'lru-cache';
import { type Model, type ReadModels } from '#libs/engine/event-sourcing';

type Stamped = Pick<ReadModels, 'stamp'>;

interface CachedAnswer<Answer> {
  readonly stamp: string;
  readonly answer: Promise<Answer>;
}

/** What an answer is made of, and nothing else. */
export type AnswerBasis = {
  /** The question as text; the legal day belongs to it where the answer depends on the day. */
  readonly question: string;
  /** Every model that is read. */
  readonly models: readonly Model[];
};

/**
 * Answers that many people ask for and that are sums of many documents. They are made again as soon as a projection
 * they rest on has moved: what is answered is what the read models hold when the question comes, so `?after=` holds.
 * Whoever asks while an answer is being made waits for the same one. Answers are shared and must not be changed.
 */
export class AnswerCache<Answer> {
  /** One process may have several systems open, each with read models of its own. */
  readonly #answers = new WeakMap<Stamped, LRUCache<string, CachedAnswer<Answer>>>();

  /** `most`: how many questions are remembered with their answers. */
  constructor(private readonly most = 64) {}

  async answer(models: Stamped, basis: AnswerBasis, make: () => Promise<Answer>): Promise<Answer> {
    // Taken before anything is read: what is folded meanwhile makes the answer newer than its stamp, never older.
    const stamp = await models.stamp(...basis.models);
    const answers = this.#answersOf(models);
    const known = answers.get(basis.question);
    if (known?.stamp === stamp) return known.answer;
    const kept = { stamp, answer: make() };
    answers.set(basis.question, kept);
    try {
      return await kept.answer;
    } catch (error) {
      if (answers.get(basis.question) === kept) answers.delete(basis.question);
      throw error;
    }
  }

  #answersOf(models: Stamped): LRUCache<string, CachedAnswer<Answer>> {
    const known = this.#answers.get(models);
    if (known) return known;
    const answers = new LRUCache<string, CachedAnswer<Answer>>({ max: this.most });
    this.#answers.set(models, answers);
    return answers;
  }
}
