import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  checkpointKey,
  inPartitions,
  physicalModels,
  type Projection,
  verifyProjections,
} from '#libs/engine/event-sourcing';
import { sameAsRebuilt, until } from '#libs/engine/event-sourcing-testing';
import { openStores, readConfig, readTables, allProjections, allUpcasters } from '#libs/shell/system';
import { EventStoreDbServer } from '../engines/eventstoredb-server.js';
import { ferretDbProgram, startFerretDb } from '../engines/ferretdb.js';
import { skipUnlessRequired } from '../engines/required.js';
import { opsWith, ServerProcess } from '../support/server-process.js';
import { FaultWriters } from './fault-writers.js';

/** Short, so that the test is; long enough for a machine that does much else. */
const LEASE_MS = 5_000;
/** The heavy projections in two halves each, so that they too are shared. */
const PARTITIONS = 2;
const program = ferretDbProgram();
if (program === null) {
  const reason = 'no ferretdb program is here (.ci/ferretdb.sh builds one)';
  skipUnlessRequired('mongodb', 'projectors that share the read models', reason);
} else projectors(program);

function projectors(ferretDb: string): void {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-projectors-'));
  let eventStore: EventStoreDbServer;
  let mongo: Awaited<ReturnType<typeof startFerretDb>>;
  let env: Record<string, string>;
  let api: ServerProcess;
  let one: ServerProcess;
  let other: ServerProcess;
  let writers: FaultWriters;
  let definitions: readonly Projection[];

  beforeAll(async () => {
    eventStore = await EventStoreDbServer.start();
    mongo = await startFerretDb(ferretDb);
    env = {
      DATA_DIR: directory,
      EVENTSTORE_URL: eventStore.url,
      MONGODB_URL: `${mongo.url}/projectors`,
      PROJECTOR_LEASE_MS: `${LEASE_MS}`,
      PROJECTION_PARTITIONS: `${PARTITIONS}`,
      LOG_LEVEL: 'fatal',
    };
    definitions = inPartitions(allProjections(await readTables()), PARTITIONS);
    const projector = () => ServerProcess.launch(directory, { ...env, ROLES: 'projector' });
    api = await ServerProcess.launch(directory, { ...env, ROLES: 'api' });
    [one, other] = await Promise.all([projector(), projector()]);
    await api.answers('/health/ready');
    const token = (user: string) => opsWith(env, 'token', '--user', user);
    writers = await FaultWriters.start(api, 3, {
      applicant: await token('demo-applicant'),
      window: await token('demo-window'),
      reviewer: await token('demo-reviewer'),
    });
  });

  afterAll(async () => {
    await writers?.stop();
    await Promise.all([api, one, other].map((server) => server?.stop()));
    eventStore?.stop();
    await mongo?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const keeps = async ({ opsUrl }: ServerProcess): Promise<readonly string[]> => {
    const answer = await fetch(`${opsUrl}/health/ready`);
    const { projections } = (await answer.json()) as { projections: readonly { readonly name: string }[] };
    return projections.map(({ name }) => name).sort();
  };
  const all = () => definitions.map(({ name }) => name).sort();
  const bothShare = () =>
    until('the projectors share', async () => {
      const shares = [await keeps(one), await keeps(other)];
      return shares.every((share) => share.length > 0) && shares.flat().sort().join() === all().join();
    });
  const otherKeepsAll = () =>
    until('the projectors share', async () => (await keeps(other)).join() === all().join());

  describe('projectors that share the read models by leases', () => {
    test('two keep a part each; what one that sleeps has kept the other takes over, and gives back when it wakes', async () => {
      await bothShare();
      one.sleep();
      await otherKeepsAll();
      await writers.everyoneAcknowledged();
      one.wake();
      await bothShare();
    });

    test('what a killed one has kept the other takes over, and the documents are those of a rebuild', async () => {
      await one.kill();
      await otherKeepsAll();
      await writers.everyoneAcknowledged();
      await writers.stop();
      expect([api.hasEnded, one.hasEnded, other.hasEnded]).toEqual([false, true, false]);

      const stores = await openStores(directory, readConfig(env).engines);
      const end = await stores.eventStore.lastPosition();
      const definitions = inPartitions(
        allProjections(await readTables(), stores.positionsAnEvent),
        PARTITIONS,
      );
      for (const projection of definitions) {
        await stores.readStore.define(physicalModels(projection, projection.version));
        const key = checkpointKey(projection.name, projection.version);
        await until(
          'the projectors share',
          async () => (await stores.readStore.checkpoint(key))?.position === end,
        );
      }
      expect(
        await verifyProjections(stores.eventStore, stores.readStore, definitions, {
          upcasters: allUpcasters(),
        }),
      ).toEqual(definitions.map((definition) => sameAsRebuilt(definition, end)));
      await stores.eventStore.close();
      await stores.readStore.close();
    });
  });
}
