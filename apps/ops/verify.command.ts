import {
  LogDamaged,
  type Projection,
  type ReadStore,
  type StoredEvent,
  type Verification,
  verifyProjections,
} from '#libs/engine/event-sourcing';
import { type CheckedEntry, checkedLog, type LogProblem, allUpcasters } from '#libs/shell/system';
import { textOf } from './log-problem.js';
import { filesMustBeWhole } from '#libs/shell/system';
import { UserError } from './failure.js';
import { checkContents } from './file-contents.js';
import { type Progress, progressOn } from './progress.js';
import { type CommonOptions, configOf, dataMustBeThere, withData } from './session.js';

/** Differences shown for each projection. */
const SHOWN = 20;

/** What a look through the whole log found. */
interface LogCheck {
  readonly events: number;
  readonly streams: number;
  readonly problems: readonly LogDamaged[];
}

/**
 * Checks the embedded files page by page, the log itself, the contents of files that it names, then every read model against a rebuild from zero. The server may be
 * running.
 */
export async function verifyCommand(options: CommonOptions, signal: AbortSignal): Promise<void> {
  const config = configOf(options);
  await filesMustBeWhole(config.dataDirectory, config.engines);
  const progress = progressOn(process.stderr);
  dataMustBeThere(config);
  const entries = checkedLog(config);
  const found = entries && (await entriesMustBeWhole(entries, progress, signal));
  const faults = await withData(config, async ({ eventStore, readStore, kept, comparison, uploads }) => {
    try {
      const { events, streams, problems } = await checkLog(eventStore.readAll(null), progress, signal);
      process.stdout.write(`log: ${events} events in ${streams} streams, ${problems.length} problems\n`);
      for (const { message } of problems) process.stdout.write(`  ${message}\n`);
      if (found !== null) process.stdout.write(found);
      const [first] = problems;
      if (first) throw first;
      await comparison.mustBeRight();
      const { contents, problems: faulty } = await checkContents(eventStore, uploads.blobs, (count) =>
        progress.show('files', count, count),
      );
      if (contents > 0) process.stdout.write(`files: ${contents} contents, ${faulty.length} problems\n`);
      for (const problem of faulty) process.stdout.write(`  ${problem}\n`);
      const last = Number((await eventStore.lastPosition()) ?? 0n);
      await versionsMustBeLive(readStore, kept);
      const verifications = await verifyProjections(eventStore, readStore, kept, {
        limit: SHOWN,
        signal,
        upcasters: allUpcasters(),
        onProgress: (at) => progress.show('rebuild', Number(at), last),
      });
      verifications.forEach(tell);
      return verifications.reduce((found, { differences }) => found + differences.length, faulty.length);
    } finally {
      progress.end();
    }
  });
  if (faults > 0) throw new UserError('the data has faults');
}

/**
 * Checks each entry by itself and reports all that are damaged. Returns a description of the log. @throws LogDamaged for the first
 */
async function entriesMustBeWhole(
  entries: AsyncIterable<CheckedEntry>,
  progress: Progress,
  signal: AbortSignal,
): Promise<string> {
  const problems: LogProblem[] = [];
  let [count, unchecked, id, chain]: [number, number, string | null, string | null] = [0, 0, null, null];
  for await (const entry of entries) {
    signal.throwIfAborted();
    count += 1;
    if (!entry.hasChecksums) unchecked += 1;
    id ??= entry.id;
    chain = entry.chain;
    problems.push(...entry.problems);
    progress.show('checksums', count, count);
  }
  const which = `log ${id ?? 'without an id'}: ${count} entries, chain ${chain ?? 'not begun'}\n`;
  const old = unchecked > 0 ? `${unchecked} entries are of the first format, without checksums\n` : '';
  const [first] = problems;
  if (!first) return which + old;
  process.stdout.write(which + old);
  for (const problem of problems) process.stdout.write(`  ${textOf(problem)}\n`);
  throw new LogDamaged(first.position, first.stream, first.reason);
}

/** Revisions of each stream count from zero without gaps; positions increase; no event id comes twice in a stream. */
async function checkLog(
  log: AsyncIterable<StoredEvent>,
  progress: Progress,
  signal: AbortSignal,
): Promise<LogCheck> {
  const next = new Map<string, bigint>();
  const problems: LogDamaged[] = [];
  let before = -1n;
  let events = 0;
  for await (const { stream, revision, position } of log) {
    signal.throwIfAborted();
    events += 1;
    if (position <= before)
      problems.push(new LogDamaged(position, stream, `it comes after position ${before}`));
    before = position;
    const expected = next.get(stream) ?? 0n;
    if (revision !== expected) {
      const reason = `revision ${revision} comes where ${expected} is due`;
      problems.push(new LogDamaged(position, stream, reason));
    }
    next.set(stream, revision + 1n);
    progress.show('log', events, events);
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
