import 'reflect-metadata';
import { afterEach, expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { simulateCounty } from '#libs/shell/simulation';
import { type Body } from '../e2e/server.js';
import { County } from './county.js';

let county: County;
afterEach(() => county.close());

/** What was planted in a county of a seed, and what the report says of its two years. */
async function batchesOf(seed: number, backEntries: boolean) {
  county = await County.open();
  const { server } = county;
  const bus = server.app.get(CommandBus);
  const execute = (command: HttpCommand) => bus.execute<Receipt>(command);
  const { truth } = await simulateCounty(
    { execute, calendar: server.system.calendar },
    { projects: 40, seed, backEntries },
  );
  const found: Body[] = [];
  for (const year of ['2024', '2025']) {
    const path = `/reports/back-entries?from=${year}-01-01&to=${year}-12-31`;
    found.push(...(await county.read(path, 'demo-supervisor')).items);
  }
  return { planted: truth.backEntries, found };
}

test.each([1, 2, 3, 4, 5])(
  '7 the batch of back-entries that was planted in county %i is found, and nothing else',
  async (seed) => {
    const { planted, found } = await batchesOf(seed, true);
    expect(planted.map(({ entries }) => entries)).toEqual([20]);
    expect(found.map(({ person, entries, from, to }) => ({ person, entries, from, to }))).toEqual(planted);
    expect(found.map(({ evidence }) => new Set(evidence).size)).toEqual([20]);
    expect(found[0].leastWorkingDays).toBeGreaterThanOrEqual(15);
  },
);

test('7 nothing is found in a clean county, though acts are typed in late there', async () => {
  const { planted, found } = await batchesOf(1, false);
  expect([planted, found]).toEqual([[], []]);
  const { items } = await county.read('/reports/signals?signal=BackEntryFlagged', 'demo-supervisor');
  expect(items.length).toBeGreaterThan(0);
});
