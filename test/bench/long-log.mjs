import { randomUUID } from 'node:crypto';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openLmdbEventStore } from '../../dist/libs/engine/store-lmdb/index.js';

const AT_ONCE = 2_000;

/**
 * Makes `target` a log `times` as long as `source`, or with `target` events: its events as they are, then copies of every
 * project's events under other project ids, each copy in the order of the source. Ids of a copy come after those of the one
 * before, as those of a county go up with the years. The keys of personal data go with it: without them no server starts on it.
 */
export async function growLog(source, target, { times = Infinity, events: most = Infinity }) {
  const from = await openLmdbEventStore(source);
  const originals = [];
  for await (const event of from.readAll(null)) originals.push(event);
  await from.close();
  cpSync(join(source, 'keys'), join(target, 'keys'), { recursive: true });

  const to = await openLmdbEventStore(target);
  let written = 0;
  for (let copy = 0; copy < times && written < most; copy++) {
    let pending = [];
    for (const original of originals) {
      if (written === most) break;
      const event = copy === 0 ? original : copied(original, copy);
      if (event === null) continue;
      written++;
      const { stream, revision, ...rest } = event;
      pending.push(to.append(stream, revision === 0n ? null : revision - 1n, [strip(rest)]));
      if (pending.length >= AT_ONCE) {
        await Promise.all(pending);
        pending = [];
      }
    }
    await Promise.all(pending);
  }
  const events = (await to.lastPosition()) + 1n;
  await to.close();
  return Number(events);
}

const strip = ({ id, type, version, data, metadata }) => ({ id, type, version, data, metadata });

/** Only projects and their applications are copied: there is one catalogue, however many projects. */
function copied(event, copy) {
  const stream = event.stream.match(/^(project|application)-(.*)$/);
  if (!stream) return null;
  const project = event.data.project;
  const rename = (text) => text.replaceAll(project, `z${String(copy).padStart(4, '0')}-${project}`);
  return {
    ...event,
    id: randomUUID(),
    stream: rename(event.stream),
    data: JSON.parse(rename(JSON.stringify(event.data))),
    metadata: { ...event.metadata, commandId: `${event.metadata.commandId}.${copy}` },
  };
}
