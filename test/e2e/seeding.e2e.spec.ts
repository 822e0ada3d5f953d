import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { type MatterDefinition } from '#libs/law/catalogue';
import { ReviseMatter } from '#libs/law/catalogue/http';
import { type Receipt, StoreUnavailable } from '#libs/engine/event-sourcing';
import { testMeta } from '#libs/engine/event-sourcing-testing';
import { bodyReader, type HttpCommand } from '#libs/shell/nest';
import { dataFile, seed, SYSTEM } from '#libs/shell/seeding';
import { factsOf, openPlace, SAMPLE_FACTS } from './import-places.js';

describe('seeding', () => {
  test('opens the demo accounts once and goes on with a sample that was interrupted', async () => {
    const place = await openPlace();
    const { eventStore, log: logger } = place.system;
    const stopping = new AbortController();
    let now = 0;
    // The clock is asked for every command: so it is a way to stop in the middle of them.
    const clock = { now: () => (++now === 9_000 ? stopping.abort() : undefined, place.system.clock.now()) };
    const dependencies = { commands: place.app.get(CommandBus), eventStore, logger };
    const printed: string[] = [];
    const first = await seed(
      { ...dependencies, clock },
      { mode: 'sample', print: (line) => printed.push(line), signal: stopping.signal },
    );
    expect(first.imported).toBeNull();
    expect(first.accounts.map(({ name }) => name)).toEqual([
      'demo-applicant',
      'demo-window',
      'demo-reviewer',
      'demo-head',
      'demo-supervisor',
      'demo-leader',
      'demo-campaign',
      'demo-admin',
    ]);
    expect(printed.slice(1)).toEqual(
      first.accounts.map(({ name, password }) => `  ${name.padEnd(15)}  ${password}`),
    );
    const partly = factsOf(await place.events());
    expect(partly.projects).toBeGreaterThan(0);
    expect(partly.projects).toBeLessThan(1434);

    const second = await seed(dependencies, { mode: 'sample', print: (line) => printed.push(line) });
    expect(second.accounts).toEqual([]);
    expect(second.imported?.commands).toBe(12_774);
    expect(second.imported?.replayed).toBeGreaterThan(0);
    expect(printed).toHaveLength(9);
    const facts = factsOf(await place.events());
    expect({ ...facts, departments: { ...SAMPLE_FACTS.departments, ...facts.departments } }).toEqual(
      SAMPLE_FACTS,
    );
  });
});

describe('seeding again', () => {
  test.each(['to its end', 'in part'])(
    'a sample that an earlier release imported %s by another mapping stays as it is',
    async (how) => {
      const place = await openPlace();
      const { eventStore, log: logger, clock } = place.system;
      const earlier = join(place.directory, 'earlier.yaml');
      const mapping = await readFile(dataFile('mappings', 'receipt.yaml'), 'utf8');
      const elsewhere = mapping.replace("region: 'NL'", "region: '210521'");
      // To its end with few of its rows, since an engine takes minutes for all of them; the file is the same.
      const few = elsewhere.replace("'lifecycle:transition': [complete]", "'org:group': ['Group 7']");
      expect(few).not.toBe(elsewhere);
      await writeFile(earlier, how === 'in part' ? elsewhere : few);
      const stopping = new AbortController();
      const importing = place.import(dataFile('receipt.csv.gz'), earlier, {
        signal: stopping.signal,
        onProgress: ({ phase, done }) => {
          if (how === 'in part' && phase === 'recording' && done > 0) stopping.abort();
        },
      });
      if (how === 'in part') await expect(importing).rejects.toThrow('aborted');
      else await importing;
      const before = await place.events();
      const { imported } = await seed(
        { commands: place.app.get(CommandBus), eventStore, logger, clock },
        { mode: 'sample' },
      );
      expect(imported).toBeNull();
      const seen = (await place.events()).filter(
        ({ stream }) => !/^(account|organisation|value)-/.test(stream),
      );
      expect(seen).toEqual(before.filter(({ stream }) => !/^(account|organisation|value)-/.test(stream)));
    },
  );

  test('leaves alone what a person changed', async () => {
    const place = await openPlace();
    const { eventStore, log: logger, clock } = place.system;
    const commands = place.app.get(CommandBus);
    const [published] = await place.events('matter-RC-01');
    const { code, ...matter } = (published?.data as { readonly matter: MatterDefinition }).matter;
    const revise = bodyReader(ReviseMatter)({ ...matter, nameEn: 'Intake', reason: '更名' });
    revise.id = code;
    revise.meta = { ...testMeta(), actor: SYSTEM };
    await commands.execute<Receipt>(revise);
    const before = await place.events();
    expect(await seed({ commands, eventStore, logger, clock }, { mode: 'catalogue' })).toEqual({
      accounts: [],
      kept: [],
      imported: null,
    });
    expect(await place.events()).toEqual(before);
  });

  test('shows the passwords it made even when an account could not be opened', async () => {
    const place = await openPlace();
    const { eventStore, log: logger, clock } = place.system;
    const bus = place.app.get(CommandBus);
    const away = new StoreUnavailable('test', 'away');
    const commands = Object.create(bus, {
      execute: {
        value: (command: HttpCommand) =>
          command.id === 'demo-head' ? Promise.reject(away) : bus.execute<Receipt>(command),
      },
    }) as CommandBus;
    const printed: string[] = [];
    const print = (line: string) => void printed.push(line.trim().split(' ')[0] ?? '');
    await expect(seed({ commands, eventStore, logger, clock }, { mode: 'none', print })).rejects.toBe(away);
    expect(printed).toEqual([
      'Demo',
      'demo-applicant',
      'demo-window',
      'demo-reviewer',
      'demo-supervisor',
      'demo-leader',
      'demo-campaign',
      'demo-admin',
    ]);
    printed.length = 0;
    await seed({ commands: bus, eventStore, logger, clock }, { mode: 'none', print });
    expect(printed).toEqual(['Demo', 'demo-head']);
  });
});
