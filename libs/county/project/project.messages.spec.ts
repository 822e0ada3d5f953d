import { test } from '@jest/globals';
import { expectMessages } from '#libs/engine/event-sourcing-testing';
import { PROJECT_MESSAGES } from './project.messages.js';

test('every violation has a message in both languages, and no message is left without its rule', () => {
  const files = [
    'project.rules.ts',
    'project.decider.ts',
    'open-applications.ts',
    'pre-review.rules.ts',
    'project-codes.ts',
    'project-matters.rules.ts',
    'project-matters.acts.ts',
  ];
  expectMessages(
    files.map((file) => new URL(file, import.meta.url)),
    /'(project\.[a-z-]+)'/g,
    PROJECT_MESSAGES,
  );
});
