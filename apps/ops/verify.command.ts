import {
  type EventStore,
  type Projection,
  type ReadStore,
  type Verification,
  verifyProjections,
} from '#libs/event-sourcing';
import { allUpcasters } from '#libs/reports';
import { filesMustBeWhole } from '#libs/system';
import { UserError } from './failure.js';
import { type Progress, progressOn } from './progress.js';
import { type CommonOptions, configOf, withData } from './session.js';

/** Differences shown for each projection. */
const SHOWN = 20;

/** What a look through the whole log found. */
export interface LogCheck {
  readonly events: number;
  readonly streams: number;
  readonly problems: readonly string[];
}

/**
 * Checks the embedded files page by page, the log itself, then every read model against a rebuild from zero. The server may
 * run meanwhile.
 */
export async function verifyCommand(options: CommonOptions, signal: AbortSignal): Promise<void> {
  const config = configOf(options);
  await filesMustBeWhole(config.dataDirectory, config.engines);
  const progress = progressOn(process.stderr);
  const faults = await withData(config, async ({ eventStore, readStore, kept }) => {
    try {
      const { events, streams, problems } = await checkLog(eventStore, progress, signal);
      process.stdout.write(`log: ${events} events in ${streams} streams, ${problems.length} problems\n`);
      for (const problem of problems) process.stdout.write(`  ${problem}\n`);
      const last = Number((await eventStore.lastPosition()) ?? 0n);
      await versionsMustBeLive(readStore, kept);
      const verifications = await verifyProjections(eventStore, readStore, kept, {
        limit: SHOWN,
        signal,
        upcasters: allUpcasters(),
        onProgress: (at) => progress.show('rebuild', Number(at), last),
      });
      verifications.forEach(tell);
      return verifications.reduce((found, { differences }) => found + differences.length, problems.length);
    } finally {
      progress.end();
    }
  });
  if (faults > 0) throw new UserError('the data is not as it should be');
}

/** Revisions of each stream count from zero without gaps; positions increase; no event id comes twice in a stream. */
export async function checkLog(
  store: EventStore,
  progress: Progress,
  signal: AbortSignal,
): Promise<LogCheck> {
  const next = new Map<string, bigint>();
  const problems: string[] = [];
  const last = await store.lastPosition();
  let before = -1n;
  let events = 0;
  for await (const { stream, revision, position } of store.readAll(null)) {
    signal.throwIfAborted();
    events += 1;
    if (position <= before) problems.push(`position ${position} comes after ${before}`);
    before = position;
    const expected = next.get(stream) ?? 0n;
    if (revision !== expected) {
      problems.push(`${stream} at position ${position}: revision ${revision} where ${expected} is due`);
    }
    next.set(stream, revision + 1n);
    progress.show('log', Number(position), Number(last ?? 0n));
  }
  return { events, streams: next.size, problems };
}

async function versionsMustBeLive(readStore: ReadStore, projections: readonly Projection[]): Promise<void> {
  for (const { name, version } of projections) {
    const live = await readStore.liveVersion(name);
    if (live === null || live === version) continue;
    throw new UserError(
      `${name}: version ${live} is live and this program knows version ${version}; start the server first`,
    );
  }
}

function tell({ projection, version, position, differences, hasMore }: Verification): void {
  const count = hasMore ? `more than ${SHOWN}` : String(differences.length);
  const until = position === null ? 'not projected yet' : `up to position ${position}`;
  process.stdout.write(`${projection} v${version}, ${until}: ${count} differences from a rebuild\n`);
  for (const { model, id, kind, paths } of differences) {
    process.stdout.write(`  ${model} ${id}: ${[kind, ...paths].join(' ')}\n`);
  }
}
