import { checkpointKey, modelsOf, physicalModel, physicalModels } from './generation.js';
import { PartitionedModel } from './partitioned-model.js';
import { type Model, type Projection } from './projection.js';
import { partitionsOf } from './projection-partition.js';
import {
  type Checkpoint,
  type Document,
  type IndexDefinition,
  type Page,
  type Query,
  type ReadStore,
} from './read-store.js';

export interface ReadModelsOptions {
  /** In how many partitions the projectors keep the heavy projections. Default 1. */
  readonly partitions?: number;
  /** Milliseconds for which a live version is taken for granted; another process may switch it. Default 1,000. */
  readonly refreshMs?: number;
  /** Milliseconds that only grow. Default `performance.now`. */
  readonly clock?: () => number;
}

interface Owner {
  readonly projection: Projection;
  /** Those who keep its documents: itself, or its partitions. */
  readonly partitions: readonly Projection[];
  /** The version to read, and when that was found out; null = never asked. */
  live: { readonly version: number; readonly at: number } | null;
  readonly defined: Set<number>;
}

/** A model by the name that queries use. */
interface Source {
  readonly owner: Owner;
  /** What each partition calls its part of it; its own name where it is whole. */
  readonly parts: readonly string[];
  readonly indexes: { readonly [name: string]: IndexDefinition };
  readonly isTally: boolean;
}

/** What queries see: models by their plain names, each read at the version of its projection that is live. */
export class ReadModels {
  readonly #sources = new Map<string, Source>();
  readonly #projections = new Map<string, Owner>();
  readonly #refreshMs: number;
  readonly #clock: () => number;

  constructor(
    private readonly store: ReadStore,
    projections: readonly Projection[],
    options: ReadModelsOptions = {},
  ) {
    this.#refreshMs = options.refreshMs ?? 1_000;
    this.#clock = options.clock ?? (() => performance.now());
    for (const projection of projections) {
      const partitions = partitionsOf(projection, options.partitions ?? 1);
      const owner: Owner = { projection, partitions, live: null, defined: new Set() };
      if (this.#projections.has(projection.name))
        throw new Error(`two projections are named ${projection.name}`);
      this.#projections.set(projection.name, owner);
      const kept = partitions.map(modelsOf);
      for (const [at, { name, indexes }] of modelsOf(projection).entries()) {
        if (this.#sources.has(name)) throw new Error(`two projections own the model ${name}`);
        const parts = kept.flatMap((models) => models[at]?.name ?? []);
        this.#sources.set(name, { owner, parts, indexes, isTally: at > 0 });
      }
    }
  }

  async get<Doc extends Document>(model: Model<Doc>, id: string): Promise<Doc | null> {
    const { name, partitioned } = await this.#physical(model);
    if (partitioned) return ((await partitioned.getMany([id]))[0] ?? null) as Doc | null;
    const kept = await this.store.get(name, id);
    return kept ? (kept.document as Doc) : null;
  }

  /** One entry for each id asked, in the order asked; null for a missing document. */
  async getMany<Doc extends Document>(model: Model<Doc>, ids: readonly string[]): Promise<(Doc | null)[]> {
    const { name, partitioned } = await this.#physical(model);
    if (partitioned) return (await partitioned.getMany(ids)) as (Doc | null)[];
    const kept = await this.store.getMany(name, ids);
    return kept.map((entry) => (entry ? (entry.document as Doc) : null));
  }

  /** @throws InvalidQuery */
  async find<Doc extends Document>(model: Model<Doc>, query: Query): Promise<Page<Doc>> {
    const { name, partitioned } = await this.#physical(model);
    return (await (partitioned?.find(query) ?? this.store.find(name, query))) as Page<Doc>;
  }

  /** How far all of these models have come: the lowest checkpoint; null when one of them has seen nothing yet. */
  async asOf(...models: readonly Model[]): Promise<Checkpoint | null> {
    const keys = await this.#checkpointKeys(models);
    const checkpoints = await Promise.all(keys.map((key) => this.store.checkpoint(key)));
    let lowest: Checkpoint | null = checkpoints[0] ?? null;
    for (const checkpoint of checkpoints) {
      if (checkpoint === null) return null;
      if (lowest !== null && checkpoint.position < lowest.position) lowest = checkpoint;
    }
    return lowest;
  }

  /**
   * Identifies the content of these models: while it is the same, so are their documents. Taken before the documents are read,
   * it is never newer than they are.
   */
  async stamp(...models: readonly Model[]): Promise<string> {
    const keys = await this.#checkpointKeys(models);
    const stamps = await Promise.all(
      keys.map(async (key) => {
        const checkpoint = await this.store.checkpoint(key);
        return `${key} ${checkpoint === null ? 'nothing' : checkpoint.position}`;
      }),
    );
    return stamps.join(' ');
  }

  /** Forgets which version of a projection is live: the next query asks the store. For `Projector`'s `onLive`. */
  refresh(projection: string): void {
    const owner = this.#projections.get(projection);
    if (owner) owner.live = null;
  }

  #source({ model }: Model): Source {
    const source = this.#sources.get(model);
    if (!source) throw new Error(`no projection owns the model ${model}`);
    return source;
  }

  /** Of everybody who keeps one of these models, in order of the models. */
  async #checkpointKeys(models: readonly Model[]): Promise<readonly string[]> {
    const owners = [...new Set(models.map((model) => this.#source(model).owner))];
    const keys = await Promise.all(
      owners.map(async (owner) => {
        const version = await this.#version(owner);
        return owner.partitions.map(({ name }) => checkpointKey(name, version));
      }),
    );
    return keys.flat();
  }

  async #physical(model: Model): Promise<{ name: string; partitioned: PartitionedModel | null }> {
    const { owner, parts, indexes, isTally } = this.#source(model);
    const version = await this.#version(owner);
    const models = parts.map((part) => physicalModel(part, version));
    const partitioned =
      models.length === 1 ? null : new PartitionedModel(this.store, { models, indexes, isTally });
    return { name: models[0] ?? model.model, partitioned };
  }

  async #version(owner: Owner): Promise<number> {
    const { live, projection, partitions } = owner;
    const now = this.#clock();
    if (live && now - live.at < this.#refreshMs) return live.version;
    // Before the first goLive there are no documents anywhere: the version this code fills is where they will be.
    const version = (await this.store.liveVersion(projection.name)) ?? projection.version;
    if (!owner.defined.has(version)) {
      await this.store.define(partitions.flatMap((partition) => physicalModels(partition, version)));
      owner.defined.add(version);
    }
    owner.live = { version, at: now };
    return version;
  }
}
