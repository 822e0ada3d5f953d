import { isDeepStrictEqual } from 'node:util';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import { type World } from './world.js';

type Tried = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** A text that is another each time a command is run, though the command is the same. */
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

/** What is wrong with a dry run, by what the same command then recorded; null when it said the same. */
export async function dryRunFault(
  world: World,
  { status, headers, body }: Tried,
  recorded: readonly StoredEvent[],
): Promise<string | null> {
  if (status !== 200) return `the dry run is answered ${status} ${JSON.stringify(body)}`;
  const applied = headers.get('preference-applied');
  if (applied !== 'handling=dry-run') return `the dry run says it applied ${applied ?? 'nothing'}`;
  const data = await world.server.system.personal.open(recorded.map((event) => event.data));
  const done = recorded.map(({ stream, revision, type }, index) => ({
    ...{ stream, revision: `${revision}`, type },
    data: (data as readonly unknown[])[index],
  }));
  const said = comparable((body as { readonly events: unknown }).events);
  const found = comparable(done);
  if (isDeepStrictEqual(said, found)) return null;
  return `the dry run says ${JSON.stringify(said)}, and recorded was ${JSON.stringify(found)}`;
}

/** The same with ids that were drawn, and without hashes of passwords, of which people see that they were set. */
function comparable(events: unknown): unknown {
  const text = JSON.stringify(events, (name, value: unknown) =>
    name === 'passwordHash' && value !== null ? '(set)' : value,
  );
  return JSON.parse(text.replaceAll(UUID, '(id)'));
}
