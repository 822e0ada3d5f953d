import {
  adoptRebuild,
  checkpointKey,
  compareModels,
  type DocumentDifference,
  dropGeneration,
  modelsOf,
  mustBeFilledFrom,
  physicalModel,
  physicalModels,
  type Projection,
  type ReadStore,
  type Rebuilt,
  rebuildProjections,
  wholeOf,
} from '#libs/engine/event-sourcing';
import { lockReadModels, type System, allUpcasters } from '#libs/shell/system';
import { UserError } from './failure.js';
import { progressOn } from './progress.js';
import { type CommonOptions, configOf, withData } from './session.js';

export interface RebuildCommandOptions extends CommonOptions {
  /** Compare only. */
  readonly dryRun?: true;
  /** This log is the right one, whatever the read models were filled from. */
  readonly acceptLog?: true;
}

const SHOWN = 20;

/**
 * Fills read models from the first event next to the live ones, shows field by field where they differ, and puts the new ones
 * in place. The server must not be running: it is the only writer of the read models. With the embedded store that is checked;
 * projectors on the same MongoDB have to be stopped by the operator.
 * @throws InvalidConfig while a server keeps the embedded read models; OtherLog when they were filled from another log
 */
export async function rebuildCommand(
  name: string | undefined,
  options: RebuildCommandOptions,
  signal: AbortSignal,
): Promise<void> {
  const { dryRun, acceptLog } = options;
  if (acceptLog && (dryRun || name !== undefined))
    throw new UserError(
      '--accept-log discards all read models: it cannot be combined with a name or with --dry-run',
    );
  const config = configOf(options);
  const progress = progressOn(process.stderr);
  const work = async ({ eventStore, readStore, kept, comparison }: System): Promise<void> => {
    const chosen = chosenOf(kept, name);
    const release = dryRun ? null : lockReadModels(config);
    try {
      if (acceptLog) await comparison.accept();
      else await comparison.mustBeRight();
      if (!dryRun) await mustBeFilledFrom(eventStore, readStore);
      const last = Number((await eventStore.lastPosition()) ?? 0n);
      const checkpoints = new Map<Projection, bigint | null>();
      for (const projection of chosen)
        checkpoints.set(projection, await liveCheckpoint(readStore, projection));
      const all = await rebuildProjections(eventStore, readStore, chosen, {
        signal,
        upcasters: allUpcasters(),
        onProgress: (at) => progress.show('rebuild', Number(at), last),
      });
      for (const rebuilt of all) {
        const { projection } = rebuilt;
        const before = checkpoints.get(projection) ?? null;
        if (before === null) process.stdout.write(`${titleOf(projection)}: nothing was projected yet\n`);
        else tell(projection, await differencesOf(readStore, rebuilt));
        if (dryRun) {
          await dropGeneration(readStore, projection, rebuilt.generation);
          continue;
        }
        if ((await liveCheckpoint(readStore, projection)) !== before) {
          await dropGeneration(readStore, projection, rebuilt.generation);
          throw new UserError(`${projection.name} changed in the meantime: stop the server before a rebuild`);
        }
        await adoptRebuild(readStore, rebuilt);
      }
    } finally {
      release?.();
      progress.end();
    }
  };
  await withData(config, work, { mayBeEmpty: acceptLog === true });
}

function chosenOf(all: readonly Projection[], name: string | undefined): readonly Projection[] {
  const chosen =
    name === undefined ? all : all.filter((each) => [each.name, wholeOf(each).name].includes(name));
  if (chosen.length > 0) return chosen;
  const names = [...new Set(all.map((each) => wholeOf(each).name))];
  throw new UserError(`there is no projection ${name}; there are ${names.join(', ')}`);
}

/** How far what queries read has come; null when nothing is live. */
async function liveCheckpoint(readStore: ReadStore, { name, version }: Projection): Promise<bigint | null> {
  const live = (await readStore.liveVersion(name)) ?? version;
  return (await readStore.checkpoint(checkpointKey(name, live)))?.position ?? null;
}

async function differencesOf(
  readStore: ReadStore,
  { projection, generation }: Rebuilt,
): Promise<readonly DocumentDifference[]> {
  const differences: DocumentDifference[] = [];
  const live = (await readStore.liveVersion(projection.name)) ?? projection.version;
  await readStore.define(physicalModels(projection, live));
  for (const { name: model } of modelsOf(projection)) {
    const pair = { model, actual: physicalModel(model, live), expected: physicalModel(model, generation) };
    for await (const difference of compareModels(readStore, pair)) differences.push(difference);
  }
  return differences;
}

const titleOf = ({ name, version }: Projection): string => `${name} v${version}`;

function tell(projection: Projection, differences: readonly DocumentDifference[]): void {
  process.stdout.write(`${titleOf(projection)}: ${differences.length} documents differ from a rebuild\n`);
  for (const { model, id, kind, paths } of differences.slice(0, SHOWN)) {
    process.stdout.write(`  ${model} ${id}: ${[kind, ...paths].join(' ')}\n`);
  }
  if (differences.length > SHOWN) process.stdout.write(`  and ${differences.length - SHOWN} more\n`);
}
