import { test } from '@jest/globals';
import { expectMessages } from '#libs/engine/event-sourcing-testing';
import { IMPROVEMENT_MESSAGES } from './improvement.messages.js';

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const files = ['improvement.rules.ts', 'improvement.decider.ts'];
  expectMessages(
    files.map((file) => new URL(file, import.meta.url)),
    /'(improvement\.[a-z-]+)'/g,
    IMPROVEMENT_MESSAGES,
  );
});
