import { expect, test } from '@jest/globals';
import { eventId, uuidV5 } from './event-id.js';

test('a name-based UUID is the one of RFC 9562, appendix A.4', () => {
  expect(uuidV5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'www.example.com')).toBe(
    '2ed6657d-e927-568b-95e1-2665a8aea6a2',
  );
});

test('an event id depends on the attempt and on the place, and on nothing else', () => {
  expect(eventId('command-1', 0)).toBe(eventId('command-1', 0));
  const ids = [
    eventId('command-1', 0),
    eventId('command-1', 1),
    eventId('command-11', 0),
    eventId('命令-1', 0),
  ];
  expect(new Set(ids).size).toBe(4);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
