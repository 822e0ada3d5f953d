import { type StoredDocument } from '#libs/engine/event-sourcing';
import { type Database } from 'lmdb';
import { allEntries } from './document-entries.js';
import { decodeRecord, encodeRecord, fieldsOf } from './document-record.js';
import { AFTER, type IndexedFields, indexedFields } from './index-keys.js';
import { type KnownModel, type ModelChange } from './model-catalogue.js';
import { seal, SEAL_BYTES } from './seal.js';
import { type StoredDocuments } from './stored-documents.js';

/** The value of an index entry, whose key says all: the seal alone. */
export function entryValue(key: Buffer): Buffer {
  const value = Buffer.allocUnsafe(SEAL_BYTES);
  seal(key, value);
  return value;
}

const AT_ONCE = 500;

/** All documents of a model together with their index entries, for work on a whole model. */
export class ModelContents {
  private readonly documents: Database<Buffer, Buffer>;

  constructor(
    private readonly stored: StoredDocuments,
    private readonly entries: Database<Buffer, Buffer>,
  ) {
    this.documents = stored.all;
  }

  hasDocuments({ prefix }: KnownModel): boolean {
    return this.documents.getKeysCount({ ...keyRange(prefix), limit: 1 }) > 0;
  }

  /** The next few hundred documents of a model, in order of their ids; none at the end. */
  documentsFrom(model: KnownModel, after: Buffer | null): readonly { key: Buffer; kept: StoredDocument }[] {
    return this.keysFrom(model, after).flatMap((key) => {
      const record = this.stored.record(key);
      return record ? [{ key, kept: decodeRecord(record) }] : [];
    });
  }

  /** A part at a time, each document with its entries: one batch of millions would need as much memory. */
  async remove(model: KnownModel): Promise<void> {
    for (;;) {
      this.documents.resetReadTxn();
      const keys = this.keysFrom(model, null);
      if (keys.length === 0) return;
      await this.documents.batch(() => {
        for (const key of keys) {
          const record = this.stored.record(key);
          if (!record) continue;
          const fields = JSON.parse(fieldsOf(record)) as IndexedFields;
          const id = key.toString('utf8', model.prefix.length);
          void this.documents.remove(key);
          for (const entry of allEntries(model, fields, id)) void this.entries.remove(entry);
        }
      });
    }
  }

  /** Brings the entries of a model whose indexes have changed up to date; inside a synchronous transaction. */
  reindex({ before, after }: ModelChange): void {
    const remaining = new Set([...after.indexes.values()].map(({ prefix }) => prefix.toString('hex')));
    for (const { prefix } of before.indexes.values()) {
      if (remaining.has(prefix.toString('hex'))) continue;
      for (const key of [...this.entries.getKeys(keyRange(prefix))]) this.entries.removeSync(key);
    }
    let last: Buffer | null = null;
    do {
      const part = this.documentsFrom(after, last);
      for (const { key, kept } of part) {
        const { document, seen } = kept;
        const fields = indexedFields(document, after.fields);
        this.documents.putSync(key, encodeRecord(key, seen, JSON.stringify(fields), document));
        for (const entry of allEntries(after, fields, document.id))
          this.entries.putSync(entry, entryValue(entry));
      }
      last = part.at(-1)?.key ?? null;
    } while (last !== null);
  }

  private keysFrom({ prefix }: KnownModel, after: Buffer | null): readonly Buffer[] {
    return [
      ...this.documents.getKeys({
        ...keyRange(prefix),
        ...(after === null ? {} : { start: after, exclusiveStart: true }),
        limit: AT_ONCE,
      }),
    ];
  }
}

function keyRange(prefix: Buffer): { start: Buffer; end: Buffer } {
  return { start: prefix, end: Buffer.concat([prefix, AFTER]) };
}
