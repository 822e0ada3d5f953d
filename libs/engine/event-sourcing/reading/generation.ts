import { type ModelDefinition } from './read-store.js';
import { type Projection } from './projection.js';

/**
 * One filling of a projection's documents: its version (`3`), or a scratch name (`3~rebuild`). Each generation has
 * documents and a checkpoint of its own, so that one can be filled while another is read.
 */
export type Generation = number | string;

/** Name of a model in the read store. */
export const physicalModel = (model: string, generation: Generation): string => `${model}@${generation}`;

/** Name under which the read store keeps the projection's checkpoint. */
export const checkpointKey = (projection: string, generation: Generation): string =>
  `${projection}@${generation}`;

/** The models a projection owns: its documents and its tallies, by the names queries use. */
export function modelsOf(projection: Projection): ModelDefinition[] {
  return [projection, ...projection.tallies].map(({ model, indexes }) => ({ name: model, indexes }));
}

/** The same models as the read store knows them. */
export function physicalModels(projection: Projection, generation: Generation): ModelDefinition[] {
  return modelsOf(projection).map(({ name, indexes }) => ({
    name: physicalModel(name, generation),
    indexes,
  }));
}
