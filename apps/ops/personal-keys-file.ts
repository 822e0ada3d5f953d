import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { type KeyRecord, type PersonalKeys } from '#libs/engine/event-sourcing';
import { type Config, openPersonalKeys } from '#libs/shell/system';
import { endBroken, UserError } from './failure.js';

// The keys of personal data as JSON Lines, one person a line, whichever engine stores them.

/** The keys in a data directory, or in MongoDB where the engines say so, closed at the end. */
export async function withKeys<T>(
  { dataDirectory, engines }: Pick<Config, 'dataDirectory' | 'engines'>,
  work: (keys: PersonalKeys) => Promise<T>,
): Promise<T> {
  const keys = await openPersonalKeys(dataDirectory, engines, { onBroken: endBroken });
  try {
    return await work(keys);
  } finally {
    await keys.close();
  }
}

const TOKEN = /^[\w-]+$/;

/** Writes every record into a new file that only its owner can read. */
export async function writeKeys(keys: PersonalKeys, path: string): Promise<number> {
  const file = await open(path, 'wx', 0o600);
  let persons = 0;
  try {
    for await (const record of keys.all()) {
      await file.write(`${JSON.stringify(record)}\n`);
      persons += 1;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return persons;
}

/** Adds what `writeKeys` wrote; what was erased in either stays erased. Every line is looked at first. @throws UserError */
export async function addKeys(keys: PersonalKeys, path: string): Promise<number> {
  const records: KeyRecord[] = [];
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Infinity });
  for await (const line of lines) records.push(recordIn(line, records.length + 1, path));
  await keys.add(records);
  await keys.begin();
  return records.length;
}

function recordIn(line: string, number: number, path: string): KeyRecord {
  const record = parsed(line);
  if (!isRecord(record)) throw new UserError(`${path}, line ${number}: these are not the keys of a person`);
  return record;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function isRecord(value: unknown): value is KeyRecord {
  if (typeof value !== 'object' || value === null || !('person' in value) || !('keys' in value)) return false;
  const { person, keys } = value;
  return typeof person === 'string' && person !== '' && Array.isArray(keys) && keys.every(isKey);
}

function isKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || !('id' in value) || !('key' in value)) return false;
  const { id, key } = value;
  const isToken = (one: unknown, bytes: number) =>
    typeof one === 'string' && TOKEN.test(one) && Buffer.from(one, 'base64url').length === bytes;
  return isToken(id, 8) && (key === null || isToken(key, 32));
}
