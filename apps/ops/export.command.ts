import { once } from 'node:events';
import { type EventStore, type StoredEvent } from '#libs/event-sourcing';
import { UserError } from './failure.js';
import { type CommonOptions, configOf, withData } from './session.js';

export interface ExportCommandOptions extends CommonOptions {
  readonly stream?: string;
  /** Position after which to begin. */
  readonly after?: string;
}

/**
 * Writes events as JSON Lines, oldest first: whole envelopes, positions and revisions as strings. The answer ends with the
 * last event there was at the call.
 */
export async function exportCommand(
  options: ExportCommandOptions,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<void> {
  const { stream, after } = options;
  if (after !== undefined && !/^\d{1,19}$/.test(after))
    throw new UserError('--after must be a position, a whole number');
  if (after !== undefined && stream !== undefined)
    throw new UserError('--after and --stream cannot be combined');
  const config = configOf(options);
  await withData(config, async ({ eventStore }) => {
    let found = false;
    for await (const event of eventsOf(eventStore, stream, after)) {
      signal.throwIfAborted();
      found = true;
      if (!output.write(`${line(event)}\n`)) await once(output, 'drain', { signal });
    }
    if (!found && stream !== undefined) throw new UserError(`there is no stream ${stream}`);
  });
}

function eventsOf(
  store: EventStore,
  stream: string | undefined,
  after: string | undefined,
): AsyncIterable<StoredEvent> {
  if (stream !== undefined) return store.readStream(stream);
  return store.readAll(after === undefined ? null : BigInt(after));
}

function line({ position, stream, revision, id, type, version, data, metadata }: StoredEvent): string {
  return JSON.stringify({
    position: `${position}`,
    stream,
    revision: `${revision}`,
    id,
    type,
    version,
    data,
    metadata,
  });
}
