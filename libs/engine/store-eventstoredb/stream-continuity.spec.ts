import { describe, expect, test } from '@jest/globals';
import { LogDamaged } from '#libs/engine/event-sourcing';
import { StreamContinuity, type ContinuityOptions } from './stream-continuity.js';

/** Events as `stream revision`, in places of their own. */
let position = 0n;
const list = (...texts: string[]) =>
  texts.map((text) => {
    const [stream = '', revision = ''] = text.split(' ');
    position += 10n;
    return { stream, revision: BigInt(revision), position };
  });

/** Checks one batch after another; returns the message for the first event that does not follow. */
async function gap(
  options: Partial<ContinuityOptions>,
  ...batches: string[][]
): Promise<{ text: string; message: string } | null> {
  const continuity = new StreamContinuity({
    isFromStart: true,
    before: () => Promise.resolve(null),
    ...options,
  });
  for (const batch of batches) {
    const events = list(...batch);
    const found = await continuity.gapIn(events);
    if (!found) continue;
    const { damage, whole } = found;
    expect(damage).toBeInstanceOf(LogDamaged);
    expect(damage.position).toBe(events[whole]?.position);
    return { text: batch[whole] ?? '', message: damage.message.replace(/^.*position \d+, /, '') };
  }
  return null;
}

describe('K4 the events of each stream follow one another', () => {
  test('K4 where they do, nothing is said', async () => {
    expect(await gap({}, ['a 0', 'b 0', 'a 1'], ['b 1', 'a 2', 'c 0'], [])).toBeNull();
  });

  test('K4 one that is missing is noticed at the next of its stream, in the same batch or a later one', async () => {
    const missing = {
      text: 'a 2',
      message: 'stream a: revision 2 comes where 1 is due: an event is missing',
    };
    expect(await gap({}, ['a 0', 'b 0', 'a 2'])).toEqual(missing);
    expect(await gap({}, ['a 0', 'b 0'], ['b 1'], ['a 2'])).toEqual(missing);
    expect(await gap({}, ['b 0', 'a 3'])).toEqual({
      text: 'a 3',
      message: 'stream a: revision 3 comes where 0 is due: events are missing',
    });
  });

  test('K4 one that comes again in another place is noticed', async () => {
    expect(await gap({}, ['a 0', 'a 1', 'a 1'])).toEqual({
      text: 'a 1',
      message: 'stream a: revision 1 comes a second time, where 2 is due',
    });
  });

  test('K4 a reader that begins in the middle asks what came before, once for each stream and so often', async () => {
    const asked: string[] = [];
    const before = (stream: string, revision: bigint) => {
      asked.push(`${stream} ${revision}`);
      return Promise.resolve({ revision: stream === 'lost' ? revision + 1n : revision });
    };
    const options = { isFromStart: false, before, lookUps: 2 };
    expect(await gap(options, ['a 5', 'new 0', 'a 6'], ['b 3', 'c 9', 'a 7'])).toBeNull();
    expect(asked).toEqual(['a 4', 'b 2']);
    expect(await gap(options, ['a 5'], ['lost 4'])).toEqual({
      text: 'lost 4',
      message: 'stream lost: revision 4 comes where 3 is due: an event is missing',
    });
  });

  test('K4 no more streams are remembered than is allowed; one that was forgotten is taken as it comes', async () => {
    const others = Array.from({ length: 4 }, (_, number) => `s${number} 0`);
    expect(await gap({ remembered: 2 }, ['a 0', ...others, 'a 5', 'a 6'])).toBeNull();
    expect(await gap({ remembered: 2 }, ['a 0', ...others, 'a 5', 'a 7'])).toMatchObject({ text: 'a 7' });
  });
});
