import { type Projection } from './projection.js';
/** Name of one partition of a projection, and of its part of a model: `applications#2of4`. */
const partitionName = (name: string, index: number, count: number): string =>
  count === 1 ? name : `${name}#${index}of${count}`;

/** Names of all partitions, in order. */
export function partitionNames(name: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => partitionName(name, index, count));
}

/**
 * The partition that keeps a document: FNV-1a, 32 bits, over the UTF-16 units of its id. Documents lie where it once put
 * them, so it never changes.
 */
export function partitionOf(id: string, count: number): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193);
  return (hash >>> 0) % count;
}

/**
 * A projection as `count` projections that divide its documents by their ids, each with its own checkpoint, lease and tallies,
 * so that `count` owners can fold it concurrently. Each of them takes every event that it handles and folds what falls to it.
 * One that weighs no more than the lightest stays whole: to partition it would gain nothing.
 */
export function partitionsOf(projection: Projection, count: number): readonly Projection[] {
  if (count === 1 || (projection.weight ?? 1) <= 1) return [projection];
  return Array.from({ length: count }, (_, index) => partition(projection, index, count));
}

/** What queries know: the projection itself, or the one that it is a partition of. */
export const wholeOf = (projection: Projection): Projection => projection.partition?.of ?? projection;

/** All of these, each as `partitionsOf` has it. */
export function inPartitions(projections: readonly Projection[], count: number): readonly Projection[] {
  return projections.flatMap((projection) => partitionsOf(projection, count));
}

function partition(whole: Projection, index: number, count: number): Projection {
  return {
    name: partitionName(whole.name, index, count),
    version: whole.version,
    model: partitionName(whole.model, index, count),
    indexes: whole.indexes,
    tallies: whole.tallies.map((tally) => ({
      model: partitionName(tally.model, index, count),
      indexes: tally.indexes,
      contributions: (before, after, event) => tally.contributions(before, after, event),
    })),
    weight: (whole.weight ?? 1) / count,
    partition: { of: whole, index, count },
    handles: (type) => whole.handles(type),
    keys: (event) => whole.keys(event).filter((id) => partitionOf(id, count) === index),
    fold: (document, event, id) => whole.fold(document, event, id),
  };
}
