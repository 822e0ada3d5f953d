import { expect, test } from '@jest/globals';
import { attachment, rangeOf } from './downloads.js';
import { UploadPlaces } from './upload-places.js';

test.each([
  [undefined, null],
  ['bytes=0-99', { first: 0, last: 99 }],
  ['bytes=0-', { first: 0, last: 999 }],
  ['bytes=990-2000', { first: 990, last: 999 }],
  ['bytes=-10', { first: 990, last: 999 }],
  ['bytes=-5000', { first: 0, last: 999 }],
  ['bytes=1000-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-4', null],
  ['bytes=-', null],
  ['bytes=0-1,5-6', null],
  ['lines=0-1', null],
  ['bytes=a-b', null],
])('22 of a thousand bytes %s is %j (RFC 9110 section 14)', (header, range) => {
  expect(rangeOf(header, 1000)).toEqual(range);
});

test.each([
  ['plan.pdf', `attachment; filename="plan.pdf"; filename*=UTF-8''plan.pdf`],
  ['图 1.pdf', `attachment; filename="_ 1.pdf"; filename*=UTF-8''%E5%9B%BE%201.pdf`],
  ['a"b;(c).pdf', `attachment; filename="a_b;(c).pdf"; filename*=UTF-8''a%22b%3B%28c%29.pdf`],
])('22 %s is saved under its name (RFC 6266)', (name, header) => {
  expect(attachment(name)).toBe(header);
});

test('22 one person has at most half of the places, and what is over gives its place back', async () => {
  const places = new UploadPlaces(4);
  const ends: (() => void)[] = [];
  const upload = (person: string) =>
    places.within(person, () => new Promise<void>((resolve) => ends.push(resolve)));
  const running = [upload('li'), upload('li')];
  await expect(upload('li')).rejects.toMatchObject({ status: 503, code: 'upload.too-many-at-once' });
  running.push(upload('wang'), upload('wang'));
  await expect(upload('zhao')).rejects.toMatchObject({ headers: { 'retry-after': '5' } });
  ends.forEach((end) => end());
  await Promise.all(running);
  await expect(places.within('li', async () => 'taken')).resolves.toBe('taken');
});
