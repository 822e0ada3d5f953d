import {
  type Document,
  type StoredDocument,
  type Projection,
  ProjectionBatch,
  type StoredEvent,
} from '#libs/engine/event-sourcing';

/** Documents by model, then by id, as a projector over these events leaves them. */
export type Folded = ReadonlyMap<string, ReadonlyMap<string, Document>>;

/** Folds events in batches, each document going through JSON in between as a store would have it. */
export function foldAll(projection: Projection, events: readonly StoredEvent[], batchSize = 7): Folded {
  const models = new Map<string, Map<string, { text: string; seen: bigint }>>(
    [projection, ...projection.tallies].map(({ model }) => [model, new Map()]),
  );
  const kept = (model: string, ids: readonly string[]): (StoredDocument | null)[] =>
    ids.map((id) => {
      const found = models.get(model)?.get(id);
      return found ? { document: JSON.parse(found.text) as Document, seen: found.seen } : null;
    });
  const save = (model: string, changed: readonly StoredDocument[]) => {
    for (const { document, seen } of changed) {
      models.get(model)?.set(document.id, { text: JSON.stringify(document), seen });
    }
  };
  for (let from = 0; from < events.length; from += batchSize) {
    const wanted = events.slice(from, from + batchSize).filter(({ type }) => projection.handles(type));
    const batch = new ProjectionBatch(projection, wanted);
    batch.foldDocuments(kept(projection.model, batch.documentIds));
    const ids = batch.tallyIds;
    const totals = batch.foldTallies(
      projection.tallies.map(({ model }, tally) => kept(model, ids[tally] ?? [])),
    );
    projection.tallies.forEach(({ model }, tally) => save(model, totals[tally] ?? []));
    save(projection.model, batch.changedDocuments);
  }
  return new Map(
    [...models].map(([model, documents]) => [
      model,
      new Map([...documents].map(([id, { text }]) => [id, JSON.parse(text) as Document])),
    ]),
  );
}

/** The documents of one model, in order of id. */
export function documentsOf<Doc extends Document>(folded: Folded, model: string): readonly Doc[] {
  return [...(folded.get(model)?.values() ?? [])].sort((a, b) => (a.id < b.id ? -1 : 1)) as Doc[];
}
