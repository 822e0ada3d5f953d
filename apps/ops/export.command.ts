import { once } from 'node:events';
import { type EventStore, type StoredEvent } from '#libs/engine/event-sourcing';
import { type CheckedEntry, checkedLog } from '#libs/shell/system';
import { UserError } from './failure.js';
import { textOf } from './log-problem.js';
import { type CommonOptions, configOf, dataMustBeThere, withData } from './session.js';

export interface ExportCommandOptions extends CommonOptions {
  readonly stream?: string;
  /** Position after which to begin. */
  readonly after?: string;
  /** Leave out what is damaged and say what that was. */
  readonly skipBroken?: true;
}

/**
 * Writes events as JSON Lines, oldest first: whole envelopes, positions and revisions as strings. It ends with the last event
 * there was at the call.
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
  const write = async (events: AsyncIterable<StoredEvent>): Promise<void> => {
    let found = false;
    for await (const event of events) {
      signal.throwIfAborted();
      found = true;
      if (!output.write(`${line(event)}\n`)) await once(output, 'drain', { signal });
    }
    if (!found && stream !== undefined) throw new UserError(`there is no stream ${stream}`);
  };
  const entries = options.skipBroken ? checkedLog(config) : null;
  if (entries) {
    dataMustBeThere(config);
    await write(wholeEvents(entries, stream, after));
  } else await withData(config, ({ eventStore }) => write(eventsOf(eventStore, stream, after)));
}

/** The undamaged events of a damaged log; the others are reported on standard error. */
async function* wholeEvents(
  entries: AsyncIterable<CheckedEntry>,
  stream: string | undefined,
  after: string | undefined,
): AsyncGenerator<StoredEvent> {
  const from = after === undefined ? -1n : BigInt(after);
  for await (const { events, problems } of entries) {
    for (const problem of problems) process.stderr.write(`left out: ${textOf(problem)}\n`);
    for (const event of events)
      if (event.position > from && (stream === undefined || event.stream === stream)) yield event;
  }
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
