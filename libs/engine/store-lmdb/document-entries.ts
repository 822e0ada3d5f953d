import { type Scalar } from '#libs/engine/event-sourcing';
import { entryKeys, type IndexedFields } from './index-keys.js';
import { type KnownModel } from './model-catalogue.js';

/** The keys of all index entries of a document. */
export function allEntries({ indexes }: KnownModel, fields: IndexedFields, id: string): readonly Buffer[] {
  return [...indexes.values()].flatMap((index) => entryKeys(index, fields, id));
}

/** The entries that go and come with a change of fields; an index of unchanged fields is not looked at. */
export function entryChanges(
  { indexes }: KnownModel,
  before: IndexedFields,
  after: IndexedFields,
  id: string,
) {
  const stale: Buffer[] = [];
  const fresh: Buffer[] = [];
  for (const index of indexes.values()) {
    if (index.fields.every((field) => sameValues(before[field], after[field]))) continue;
    const gone = new Map<string, Buffer>();
    for (const entry of entryKeys(index, before, id)) gone.set(entry.toString('latin1'), entry);
    for (const entry of entryKeys(index, after, id)) {
      if (!gone.delete(entry.toString('latin1'))) fresh.push(entry);
    }
    stale.push(...gone.values());
  }
  return { stale, fresh };
}

function sameValues(before: readonly Scalar[] | undefined, after: readonly Scalar[] | undefined): boolean {
  if (!before || !after) return before === after;
  return before.length === after.length && before.every((value, at) => value === after[at]);
}
