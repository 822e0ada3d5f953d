import { OtherLog } from '../log/errors.js';
import { type StoredEvent } from '../log/event.js';
import { type EventStore } from '../log/event-store.js';
import { checkpointKey } from './generation.js';
import { type Projection } from './projection.js';
import { type Checkpoint, type ReadStore } from './read-store.js';

// Read models say what the log says only of the log that they were filled from. They keep its id, and each checkpoint the id of
// the event at its position: so a log that is missing, older or another is noticed before anything is written to it.

/** The checkpoint of a projection that has folded everything up to this event. */
export function placeOf({ position, id, metadata }: StoredEvent): Checkpoint {
  return { position, recordedAt: metadata.recordedAt, eventId: id };
}

/** Whether the log has the event that was folded last, where it is known which that was. */
export async function holdsEventOf(
  eventStore: Pick<EventStore, 'readAt'>,
  { position, eventId }: Checkpoint,
): Promise<boolean> {
  return eventId === undefined || (await eventStore.readAt(position))?.id === eventId;
}

/**
 * Compares the log with what the read models keep of theirs. Read models that are empty go with any log.
 * @throws OtherLog; StoreUnavailable; LogDamaged
 */
export async function mustBeTheLogOf(
  eventStore: EventStore,
  readStore: ReadStore,
  projections: readonly Projection[],
): Promise<void> {
  const filledFrom = await readStore.filledFrom();
  // Read before the log's end: a projector that runs at the same time only moves forward.
  const checkpoints = await checkpointsOf(readStore, projections);
  if (filledFrom === null && checkpoints.length === 0) return;
  const last = await eventStore.lastPosition();
  if (last === null) throw new OtherLog('it is empty');
  const identity = await eventStore.identity();
  if (filledFrom !== null && identity?.id !== filledFrom) {
    throw new OtherLog(`it is ${identity?.id ?? 'a log without an id'}, they were filled from ${filledFrom}`);
  }
  for (const checkpoint of checkpoints) {
    if (checkpoint.position > last)
      throw new OtherLog(`it ends at position ${last}, they have seen position ${checkpoint.position}`);
    if (!(await holdsEventOf(eventStore, checkpoint)))
      throw new OtherLog(
        `at position ${checkpoint.position} it holds another event than the one they have seen`,
      );
  }
}

/** Of what queries read and what this code fills, one for each position. */
async function checkpointsOf(
  readStore: ReadStore,
  projections: readonly Projection[],
): Promise<readonly Checkpoint[]> {
  const found = await Promise.all(
    projections.map(async ({ name, version }) => {
      const live = await readStore.liveVersion(name);
      const generations = live === null || live === version ? [version] : [version, live];
      return Promise.all(generations.map((each) => readStore.checkpoint(checkpointKey(name, each))));
    }),
  );
  const byPlace = new Map<string, Checkpoint>();
  for (const checkpoint of found.flat()) {
    if (checkpoint) byPlace.set(`${checkpoint.position} ${checkpoint.eventId}`, checkpoint);
  }
  return [...byPlace.values()];
}

/** The last event that was acknowledged, as it is noted outside of the log. */
export interface Acknowledged {
  readonly logId: string;
  readonly position: bigint;
  readonly eventId: string;
}

/**
 * Compares the log with the last event that was acknowledged.
 * @throws OtherLog; StoreUnavailable; LogDamaged
 */
export async function mustHoldAcknowledged(
  eventStore: EventStore,
  { logId, position, eventId }: Acknowledged,
): Promise<void> {
  const last = await eventStore.lastPosition();
  if (last === null) throw new OtherLog('it is empty', 'acknowledged');
  const id = (await eventStore.identity())?.id ?? 'a log without an id';
  if (id !== logId) throw new OtherLog(`it is ${id}, that was in ${logId}`, 'acknowledged');
  if (position > last)
    throw new OtherLog(`it ends at position ${last}, position ${position} was acknowledged`, 'acknowledged');
  if (!(await holdsEventOf(eventStore, { position, recordedAt: null, eventId })))
    throw new OtherLog(
      `at position ${position} it holds another event than the one that was acknowledged`,
      'acknowledged',
    );
}

/**
 * Notes the log as the one that the documents are filled from. False while it has no id, as an empty one.
 * @throws OtherLog when another is noted
 */
export async function mustBeFilledFrom(eventStore: EventStore, readStore: ReadStore): Promise<boolean> {
  const identity = await eventStore.identity();
  if (identity === null) return false;
  await readStore.fillFrom(identity.id);
  const noted = await readStore.filledFrom();
  if (noted !== identity.id) throw new OtherLog(`it is ${identity.id}, they were filled from ${noted}`);
  return true;
}

/** Throws away everything that was filled from a log, so that the store may be filled from this or another one. */
export async function forgetReadModels(readStore: ReadStore): Promise<void> {
  const { models, checkpoints } = await readStore.inventory();
  for (const checkpoint of checkpoints) await readStore.drop([], checkpoint);
  for (const model of models) await readStore.drop([model], model);
  await readStore.fillFrom(null);
}
