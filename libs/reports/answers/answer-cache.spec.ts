import { expect, test } from '@jest/globals';
import { type Model } from '#libs/engine/event-sourcing';
import { AnswerCache } from './answer-cache.js';

/** Read models of which only the stamp matters here. */
class Models {
  stamps = 0;

  constructor(public position: number) {}

  stamp(...models: readonly Model[]): Promise<string> {
    this.stamps += 1;
    return Promise.resolve(`${models.map(({ model }) => model).join()} ${this.position}`);
  }
}

const basis = (question: string) => ({ question, models: [{ model: 'workload' }] });

/** Makes answers that are all different. */
function maker() {
  let made = 0;
  return () => Promise.resolve({ made: ++made });
}

test('an answer is made once for each question, and again when the read models have moved', async () => {
  const [cache, models, make] = [new AnswerCache(), new Models(7), maker()];
  const ask = (question: string) => cache.answer(models, basis(question), make);
  expect(await ask('a')).toEqual({ made: 1 });
  expect(await ask('b')).toEqual({ made: 2 });
  expect(await ask('a')).toEqual({ made: 1 });
  models.position = 8;
  expect(await ask('a')).toEqual({ made: 3 });
  expect(await ask('b')).toEqual({ made: 4 });
  expect(await ask('a')).toEqual({ made: 3 });
  expect(models.stamps).toBe(6);
});

test('what is folded while an answer is made belongs to the next one', async () => {
  const [cache, models] = [new AnswerCache(), new Models(7)];
  const first = cache.answer(models, basis('a'), () => {
    models.position = 8;
    return Promise.resolve('made at 7 or 8');
  });
  expect(await first).toBe('made at 7 or 8');
  expect(await cache.answer(models, basis('a'), () => Promise.resolve('made at 8'))).toBe('made at 8');
});

test('callers that ask while an answer is made share it', async () => {
  const [cache, models, make] = [new AnswerCache(), new Models(7), maker()];
  const answers = await Promise.all([1, 2, 3].map(() => cache.answer(models, basis('a'), make)));
  expect(answers).toEqual([{ made: 1 }, { made: 1 }, { made: 1 }]);
});

test('an answer that failed is tried again', async () => {
  const [cache, models] = [new AnswerCache(), new Models(7)];
  const failing = () => Promise.reject(new Error('the store is away'));
  await expect(cache.answer(models, basis('a'), failing)).rejects.toThrow('the store is away');
  expect(await cache.answer(models, basis('a'), maker())).toEqual({ made: 1 });
});

test('two systems in one process do not share answers, and the oldest answers are forgotten', async () => {
  const [cache, make] = [new AnswerCache(1), maker()];
  const [models, others] = [new Models(7), new Models(7)];
  expect(await cache.answer(models, basis('a'), make)).toEqual({ made: 1 });
  expect(await cache.answer(others, basis('a'), make)).toEqual({ made: 2 });
  expect(await cache.answer(models, basis('b'), make)).toEqual({ made: 3 });
  expect(await cache.answer(models, basis('a'), make)).toEqual({ made: 4 });
});
