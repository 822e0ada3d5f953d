import 'reflect-metadata';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { walkCommands } from './commands-walk.js';
import { CAMPAIGN_SCENES } from './scenes/campaign.scenes.js';
import { World } from './world.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterAll(() => world.close());

test('everybody tries every command of the campaign, and is let in or refused as the table says', async () => {
  const { cells, surprises } = await walkCommands(world, 'campaign', CAMPAIGN_SCENES);
  expect(surprises).toEqual([]);
  expect(cells).toBeGreaterThan(500);
});
