import { test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { expectMessages } from '#libs/engine/event-sourcing-testing';
import { CAMPAIGN_MESSAGES } from './campaign.messages.js';

const folder = new URL('./', import.meta.url);

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const files = readdirSync(folder).filter((file) => /\.(rules|decider|refusal)\.ts$/.test(file));
  expectMessages(
    files.map((file) => new URL(file, folder)),
    /'((?:campaign|campaign-office|pledge|plan)\.[a-z-]+)'/g,
    CAMPAIGN_MESSAGES,
  );
});
