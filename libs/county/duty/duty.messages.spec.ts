import { test } from '@jest/globals';
import { expectMessages } from '#libs/engine/event-sourcing-testing';
import { DUTY_MESSAGES } from './duty.messages.js';
import { ROSTER_MESSAGES } from './roster.messages.js';

test.each([
  {
    files: ['duty.rules.ts', 'duty.decider.ts', 'published-catalogue.decider.ts'],
    code: /'((?:duty|catalogue)\.[a-z-]+)'/g,
    messages: DUTY_MESSAGES,
  },
  { files: ['roster.rules.ts'], code: /'((?:roster|delegation)\.[a-z-]+)'/g, messages: ROSTER_MESSAGES },
])(
  'every violation of $files has a message in both languages, and no message is left without its rule',
  ({ files, code, messages }) =>
    expectMessages(
      files.map((file) => new URL(file, import.meta.url)),
      code,
      messages,
    ),
);
