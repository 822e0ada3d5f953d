import 'reflect-metadata';
import { type Document } from '#libs/engine/event-sourcing';
import { expect, test } from '@jest/globals';
import { at, calendar, commands, ID, NOW, played, reviewer, window } from '../testing/cases.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';

const applications = applicationsUnder(calendar);

test('22.7 the document says when each person acted last, the latest last, and nothing of what is done by nobody', () => {
  const { events } = played(
    commands.submit(),
    commands.accept({ meta: at(window, '2026-11-25T02:00:00.000Z') }),
    commands.step({ meta: at(reviewer, '2026-11-26T02:00:00.000Z') }),
    commands.step({ meta: at(window, '2026-11-27T02:00:00.000Z') }),
  );
  const folded = events.reduce<Document | null>(
    (before, event) => applications.fold(before, event, ID),
    null,
  );
  const document = folded as ApplicationDocument & Document;
  const { acted, actedBy, actedAt } = document;
  const persons = ['demo-applicant', 'demo-reviewer', 'demo-window'];
  expect({ acted, actedBy, actedAt }).toEqual({
    acted: [
      { person: 'demo-applicant', at: NOW },
      { person: 'demo-reviewer', at: '2026-11-26T02:00:00.000Z' },
      { person: 'demo-window', at: '2026-11-27T02:00:00.000Z' },
    ],
    actedBy: persons,
    actedAt: '2026-11-27T02:00:00.000Z',
  });
  const [last] = events.slice(-1);
  if (last === undefined) throw new Error('nothing happened');
  const actor = { person: 'timers', post: null, department: null, role: 'system' };
  const byNobody = { ...last, metadata: { ...last.metadata, actor, occurredAt: '2026-11-30T02:00:00.000Z' } };
  const after = applications.fold(document, byNobody, ID) as ApplicationDocument & Document;
  expect([after.actedBy, after.actedAt]).toEqual([persons, actedAt]);
});
