import { type Key } from 'lmdb';
import * as lmdb from 'lmdb';
import { type EnvironmentName } from '../environment.js';
import { FORMER_KEYS, KEY_USES } from '../key-index.js';
import { textOfNote } from '../notes.js';
import { FILLER, MARKS, PERSONS } from '../personal-key-record.js';
import { DOCUMENTS, ENTRIES, FORMER_DATABASES, NOTES } from '../read-model-databases.js';
import { isSealed } from '../seal.js';
import { isEntryWhole } from '../stream-index.js';
import { pageDamage } from './damage.js';
import { type ImageKind } from './examine-image.js';
import { valueOnPages } from './free-list.js';
import { type ImageFile } from './image-file.js';
import { type Entry } from './tree-walk.js';

/** The package exports it and leaves it out of its types: reads a key of the encoding `ordered-binary`. */
const { bufferToKeyValue } = lmdb as typeof lmdb & { readonly bufferToKeyValue: (bytes: Buffer) => Key };

/** What the files of the environments must be. */
export const KINDS: { readonly [Name in EnvironmentName]: ImageKind } = {
  events: {
    databases: [FORMER_KEYS, KEY_USES, 'log', 'marks', 'streams'],
    isDurable: true,
    entry: indexMustBeWhole,
  },
  'read-models': {
    databases: [DOCUMENTS, ENTRIES, NOTES, ...FORMER_DATABASES],
    isDurable: false,
    entry: mustBeWhatWasWritten,
  },
  keys: { databases: [FILLER, MARKS, PERSONS], isDurable: true, entry: keyMustBeWhole },
};

/** A reader checks the entries it reads; that one is missing, because its key is another's, shows only when all are checked. */
function indexMustBeWhole(database: string, entry: Entry, file: ImageFile): void {
  if (database === KEY_USES && !isSealed(entry.key, valueOf(entry, file)))
    throw pageDamage(entry.page, 'has an entry of the index of keys that is not what was written');
  if (database !== 'streams') return;
  const key = bufferToKeyValue(entry.key);
  const [stream, revision] = Array.isArray(key) ? key : [];
  const isKey = typeof stream === 'string' && typeof revision === 'number';
  if (!isKey || !isEntryWhole([stream, revision], valueOf(entry, file)))
    throw pageDamage(entry.page, 'has an entry of the index of streams that is not what was written');
}

function keyMustBeWhole(database: string, entry: Entry, file: ImageFile): void {
  if (database === PERSONS && !isSealed(entry.key, valueOf(entry, file)))
    throw pageDamage(entry.page, 'has the keys of a person that are not what was written');
}

/** As of the index of streams. */
function mustBeWhatWasWritten(database: string, entry: Entry, file: ImageFile): void {
  if (FORMER_DATABASES.includes(database)) return;
  const { key, page } = entry;
  const value = valueOf(entry, file);
  const isWhole =
    database === NOTES ? textOfNote(key.toString(), value.toString()) !== null : isSealed(key, value);
  if (!isWhole) throw pageDamage(page, `has an entry of ${database} that is not what was written`);
}

function valueOf({ value }: Entry, file: ImageFile): Buffer {
  return Buffer.isBuffer(value) ? value : valueOnPages(value, file);
}
