import { openEnvironment, database } from '../environment.js';

/** The entries of a log in the file, for tests that damage them or look at their bytes. */
export async function rawEntries(directory: string): Promise<Map<number, Buffer>> {
  return withEntries(directory, (entries) => {
    const found = new Map<number, Buffer>();
    for (const { key, value } of entries.getRange()) found.set(key, Buffer.from(value));
    return found;
  });
}

/** Puts other bytes into the place of an entry; null takes it away. */
export async function putRaw(directory: string, position: number, bytes: Buffer | null): Promise<void> {
  await withEntries(directory, async (entries) => {
    if (bytes === null) await entries.remove(position);
    else await entries.put(position, bytes);
  });
}

/** The same bytes, one of them another. */
export function flipped(bytes: Buffer, offset: number, mask = 0xff): Buffer {
  const other = Buffer.from(bytes);
  other.writeUInt8(other.readUInt8(offset) ^ mask, offset);
  return other;
}

async function withEntries<Answer>(
  directory: string,
  work: (entries: ReturnType<typeof database<Buffer, number>>) => Answer | Promise<Answer>,
): Promise<Answer> {
  const root = openEnvironment(directory, 'events', { durable: true, readOnly: false });
  try {
    return await work(database<Buffer, number>(root, 'log', 'binary'));
  } finally {
    await root.close();
  }
}

/** An entry of format 1, as it was written until there were checksums. */
export function oldEntry(
  appends: readonly { stream: string; firstRevision: number; events: readonly object[] }[],
): Buffer {
  const header = Buffer.from(
    JSON.stringify(
      appends.map(({ stream, firstRevision, events }) => [stream, firstRevision, events.length]),
    ),
  );
  const bodies = appends.flatMap(({ events }) => events.map((event) => Buffer.from(JSON.stringify(event))));
  const fixed = Buffer.alloc(12 + 4 * bodies.length);
  [1, bodies.length, header.length].forEach((number, index) => fixed.writeUInt32LE(number, 4 * index));
  let end = 0;
  bodies.forEach((body, index) => fixed.writeUInt32LE((end += body.length), 12 + 4 * index));
  return Buffer.concat([fixed, header, ...bodies]);
}
