import { LRUCache } from 'lru-cache';
import { type Model, type ReadModels } from '#libs/engine/event-sourcing';

type Stamped = Pick<ReadModels, 'stamp'>;

interface CachedAnswer<Answer> {
  readonly stamp: string;
  readonly answer: Promise<Answer>;
}

/** Everything that an answer depends on. */
export type AnswerBasis = {
  /** The question as text; the legal day belongs to it where the answer depends on the day. */
  readonly question: string;
  /** Every model that is read. */
  readonly models: readonly Model[];
};

/**
 * A cache of answers that many people ask for and that are sums of many documents. An answer is made again as soon as a
 * projection it rests on has moved, so that it is never older than the question and `?after=` holds. Callers that ask while an
 * answer is being made share it. Answers are shared and must not be changed.
 */
export class AnswerCache<Answer> {
  /** One process may have several systems open, each with read models of its own. */
  readonly #answers = new WeakMap<Stamped, LRUCache<string, CachedAnswer<Answer>>>();

  /** `most`: how many questions are remembered with their answers. */
  constructor(private readonly most = 64) {}

  async answer(models: Stamped, basis: AnswerBasis, make: () => Promise<Answer>): Promise<Answer> {
    // Taken before anything is read: what is folded in the meantime makes the answer newer than its stamp, never older.
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
