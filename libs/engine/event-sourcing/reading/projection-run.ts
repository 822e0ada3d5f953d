import { inSpan } from '../tools/spans.js';
import { type StoredEvent } from '../log/event.js';
import { FoldFailure } from './fold-failure.js';
import { checkpointKey, type Generation, physicalModel, physicalModels } from './generation.js';
import { placeOf } from './log-match.js';
import { type Projection } from './projection.js';
import { ProjectionBatch } from './projection-batch.js';
import { type Checkpoint, type StoredDocument, type ReadStore, type Write } from './read-store.js';
import { type Upcasters } from '../log/upcasters.js';

/** Why a projection has stopped. Position and type are those of the event it cannot fold; null when no event is the cause. */
export interface ProjectionFault {
  readonly projection: string;
  readonly position: bigint | null;
  readonly type: string | null;
  readonly message: string;
}

interface Folded {
  readonly writes: readonly Write[];
  /** The first event that cannot be folded; the writes are of those before it. */
  readonly failed: { readonly event: StoredEvent; readonly message: string } | null;
}

/**
 * One generation of one projection being filled: takes batches of the log in order and saves what they change. It is
 * the only writer of its documents. One save may be under way while the next batch is folded.
 */
export class ProjectionRun {
  readonly key: string;
  #checkpoint: Checkpoint | null = null;
  #checkpointSaved = true;
  #fault: ProjectionFault | null = null;
  /** Up to here the log is folded; ahead of the checkpoint while a save is under way. */
  #folded = -1n;
  #saving: Promise<void> = Promise.resolve();
  /** What the last save writes, by physical model and id: not to be asked of the store, which may not have it yet. */
  #recent = new Map<string, Map<string, StoredDocument>>();

  constructor(
    private readonly store: ReadStore,
    readonly projection: Projection,
    private readonly upcasters: Upcasters,
    readonly generation: Generation = projection.version,
  ) {
    this.key = checkpointKey(projection.name, generation);
  }

  /** Everything up to here is in the documents, as the store gives them. */
  get checkpoint(): Checkpoint | null {
    return this.#checkpoint;
  }

  /** Position of the checkpoint; -1n before the first event. */
  get position(): bigint {
    return this.#checkpoint?.position ?? -1n;
  }

  get fault(): ProjectionFault | null {
    return this.#fault;
  }

  /** Makes the models known and finds out how far this generation has come. */
  async open(): Promise<void> {
    await this.store.define(physicalModels(this.projection, this.generation));
    this.#checkpoint = await this.store.checkpoint(this.key);
    this.#checkpointSaved = true;
    this.#startOver();
  }

  /**
   * Folds a batch of the log, of which `end` is the end, and begins to save it once the save before has ended: `settle`
   * waits for it. A batch that changes no document only moves the checkpoint, in memory. An event that cannot be folded
   * leaves the projection faulted with everything before it saved; afterwards it takes nothing more.
   * @throws StoreUnavailable here or at the next call: apply again from the checkpoint
   */
  async apply(batch: readonly StoredEvent[], end: Checkpoint): Promise<void> {
    const after = this.#folded;
    if (this.#fault || end.position <= after) return;
    const isNew = (batch[0]?.position ?? -1n) > after;
    const events = batch.filter(
      (event) => this.projection.handles(event.type) && (isNew || event.position > after),
    );
    const measured = { 'zhitong.projection': this.projection.name, 'zhitong.events': events.length };
    const { writes, failed } = await inSpan('fold', measured, () => this.#foldOrStartOver(events));
    await this.settle();
    if (!failed) {
      this.#advance(writes, end);
      return;
    }
    const before = batch.findLast(
      (event) => event.position > after && event.position < failed.event.position,
    );
    if (before) this.#advance(writes, placeOf(before));
    await this.flush();
    this.stop(failed.message, failed.event);
  }

  /** Waits for the save that is under way. @throws StoreUnavailable the checkpoint is where it was */
  async settle(): Promise<void> {
    try {
      await this.#saving;
    } catch (error) {
      this.#startOver();
      throw error;
    }
  }

  /** Saves the checkpoint if it is ahead of the stored one. */
  async flush(): Promise<void> {
    await this.settle();
    if (this.#checkpointSaved || !this.#checkpoint) return;
    await this.store.save(this.key, [], this.#checkpoint);
    this.#checkpointSaved = true;
  }

  /** Lets the projection stand where it is. */
  stop(message: string, event: StoredEvent | null): void {
    this.#fault = {
      projection: this.projection.name,
      position: event?.position ?? null,
      type: event?.type ?? null,
      message,
    };
  }

  #startOver(): void {
    this.#saving = Promise.resolve();
    this.#folded = this.position;
    this.#recent.clear();
  }

  #advance(writes: readonly Write[], end: Checkpoint): void {
    this.#folded = end.position;
    if (writes.length === 0) {
      this.#checkpoint = end;
      this.#checkpointSaved = false;
      return;
    }
    this.#recent = new Map();
    for (const { model, document, seen } of writes) {
      let documents = this.#recent.get(model);
      if (!documents) this.#recent.set(model, (documents = new Map<string, StoredDocument>()));
      documents.set(document.id, { document, seen });
    }
    this.#saving = this.#save(writes, end);
    // The next call to apply, settle or flush throws this error; until then no caller would catch it.
    this.#saving.catch(() => undefined);
  }

  async #save(writes: readonly Write[], end: Checkpoint): Promise<void> {
    await this.store.save(this.key, writes, end);
    this.#checkpoint = end;
    this.#checkpointSaved = true;
  }

  async #foldOrStartOver(events: readonly StoredEvent[]): Promise<Folded> {
    try {
      return await this.#fold(events);
    } catch (error) {
      await Promise.allSettled([this.#saving]);
      this.#startOver();
      throw error;
    }
  }

  /** Writes for all events, or for those before the first that cannot be folded. */
  async #fold(events: readonly StoredEvent[]): Promise<Folded> {
    let failed: Folded['failed'] = null;
    let foldable = events;
    for (;;) {
      try {
        return { writes: await this.#writes(foldable), failed };
      } catch (error) {
        const event = error instanceof FoldFailure ? foldable[error.index] : undefined;
        if (!(error instanceof FoldFailure) || !event) throw error;
        failed = { event, message: error.message };
        foldable = foldable.slice(0, error.index);
      }
    }
  }

  async #writes(events: readonly StoredEvent[]): Promise<Write[]> {
    if (events.length === 0) return [];
    const { projection } = this;
    const batch = new ProjectionBatch(projection, this.#current(events));
    batch.foldDocuments(await this.#getMany(projection.model, batch.documentIds));
    const ids = batch.tallyIds;
    const tallies = await Promise.all(
      projection.tallies.map(({ model }, tally) => this.#getMany(model, ids[tally] ?? [])),
    );
    // Tallies first: what is on disk after a crash is a beginning of this list, so a document that has seen an event
    // has been counted for it, and a tally knows by its own position what it has counted already.
    const writes: Write[] = [];
    for (const [tally, changed] of batch.foldTallies(tallies).entries()) {
      this.#push(writes, projection.tallies[tally]?.model ?? '', changed);
    }
    this.#push(writes, projection.model, batch.changedDocuments);
    return writes;
  }

  /** The events at their current versions; the same list where they are there already, as nearly always. */
  #current(events: readonly StoredEvent[]): readonly StoredEvent[] {
    let current: StoredEvent[] | null = null;
    for (const [index, event] of events.entries()) {
      try {
        const upcast = this.upcasters.upcast(event);
        if (upcast !== event) (current ??= [...events])[index] = upcast;
      } catch (error) {
        throw new FoldFailure(index, error);
      }
    }
    return current ?? events;
  }

  async #getMany(model: string, ids: readonly string[]): Promise<readonly (StoredDocument | null)[]> {
    const physical = physicalModel(model, this.generation);
    const recent = this.#recent.get(physical);
    const missing = recent ? ids.filter((id) => !recent.has(id)) : ids;
    const found = missing.length === 0 ? [] : await this.store.getMany(physical, missing);
    if (!recent || missing.length === ids.length) return found;
    let next = 0;
    return ids.map((id) => recent.get(id) ?? found[next++] ?? null);
  }

  #push(writes: Write[], model: string, changed: readonly StoredDocument[]): void {
    const physical = physicalModel(model, this.generation);
    for (const { document, seen } of changed) writes.push({ model: physical, document, seen });
  }
}
