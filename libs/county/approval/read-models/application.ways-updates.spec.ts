import { type Document } from '#libs/engine/event-sourcing';
import { expect, test } from '@jest/globals';
import { type BareApplicationCommand } from '../testing/bare.js';
import {
  actor,
  applicant,
  at,
  calendar,
  commands,
  desk,
  head,
  ID,
  leader,
  NOW,
  played,
  reviewer,
  stranger,
  window,
} from '../testing/cases.js';
import { withoutActs } from './application.acted.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';

const applications = applicationsUnder(calendar);

/** The document after each command, in order. Who acted is tested by itself. */
function documents(...given: readonly BareApplicationCommand[]): readonly ApplicationDocument[] {
  let document: Document | null = null;
  const after: ApplicationDocument[] = [];
  let done = 0;
  for (const [index] of given.entries()) {
    const { events } = played(...given.slice(0, index + 1));
    for (const event of events.slice(done)) document = applications.fold(document, event, ID);
    done = events.length;
    after.push(withoutActs(document as ApplicationDocument));
  }
  return after;
}

const between = { party: 'inter-department', department: null, post: null, person: null } as const;

const FRIDAY = '2026-11-27T02:00:00.000Z';

const MONDAY = '2026-11-30T02:00:00.000Z';

test('the fast track and special handling', () => {
  const [submitted, fast, special] = documents(
    commands.submit(),
    commands.fastTrack(),
    commands.specialHandling(),
  );
  expect(fast).toEqual({
    ...submitted,
    fastTrack: true,
    terms: { ...submitted?.terms, promised: { days: 3, unit: 'working-day', start: 'acceptance' } },
    revision: '1',
  });
  expect(special).toEqual({ ...fast, variedRules: ['separate-decision'], revision: '2' });
});

test('the fast track of a case that is accepted moves its due date', () => {
  const [, accepted, fast] = documents(
    commands.submit(),
    commands.accept(),
    commands.fastTrack({ meta: at(leader, FRIDAY) }),
  );
  expect(fast).toEqual({
    ...accepted,
    fastTrack: true,
    terms: { ...accepted?.terms, promised: { days: 3, unit: 'working-day', start: 'acceptance' } },
    due: { ...accepted?.due, promised: '2026-11-27T16:00:00.000Z', yellow: '2026-11-26T16:00:00.000Z' },
    dueAt: '2026-11-27T16:00:00.000Z',
    deadline: { last: '2026-11-27', yellow: '2026-11-27' },
    revision: '2',
  });
});

test('a deficiency, handed in', () => {
  const missing = ['日照分析报告', '绿化方案'];
  const [, accepted, handedIn] = documents(
    commands.submit(),
    commands.acceptWithDeficiency({ missing }),
    commands.fulfilDeficiency(),
  );
  const handInBy = '2026-12-08T16:00:00.000Z';
  expect([accepted?.stage, accepted?.revision, accepted?.deficiency]).toEqual([
    'accepted',
    '2',
    { missing, handInBy, lapsed: false },
  ]);
  expect(handedIn).toEqual({
    ...accepted,
    deficiency: { missing: ['绿化方案'], handInBy, lapsed: false },
    revision: '3',
  });
  const lapsed = documents(
    commands.submit(),
    commands.acceptWithDeficiency({ missing }),
    commands.lapseDeficiency({ meta: at(window, '2026-12-09T02:00:00.000Z') }),
  ).at(-1);
  expect(lapsed).toEqual({ ...accepted, deficiency: { missing, handInBy, lapsed: true }, revision: '3' });
});

test('a commitment, and its check', () => {
  const [submitted, made, accepted, kept] = documents(
    commands.submit(),
    commands.makeCommitment(),
    commands.accept(),
    commands.checkCommitment(),
  );
  const materials = ['日照分析报告'];
  expect(made).toEqual({ ...submitted, commitment: { materials, checked: 'not-yet' }, revision: '1' });
  expect(kept).toEqual({ ...accepted, commitment: { materials, checked: 'kept' }, revision: '3' });
});

test('a consultation is awaited from those asked, until it is over', () => {
  const [, accepted, asked, answered, overdue, late] = documents(
    commands.submit(),
    commands.accept(),
    commands.consult(),
    commands.answer({ meta: at(actor('demo-forester', 'reviewer', 'forestry'), FRIDAY) }),
    commands.closeConsultation({ meta: at(reviewer, MONDAY) }),
    commands.answer({ meta: at(stranger, MONDAY) }),
  );
  const consultation = {
    round: 1,
    requestedAt: NOW,
    answerBy: '2026-11-27T16:00:00.000Z',
    article: null,
    silenceRule: null,
    asked: ['water', 'forestry'],
    outstanding: ['water', 'forestry'],
    overdue: false,
  };
  const forest = { department: 'forestry', agrees: true, late: false, workingDays: 3, answeredAt: FRIDAY };
  expect(asked).toEqual({
    ...accepted,
    holder: between,
    consultation: { ...consultation, opinions: [] },
    awaiting: ['water', 'forestry'],
    acts: 2,
    handOffs: 1,
    revision: '2',
  });
  expect(answered).toEqual({
    ...asked,
    consultation: { ...consultation, outstanding: ['water'], opinions: [forest] },
    awaiting: ['water'],
    acts: 3,
    revision: '3',
  });
  expect(overdue).toEqual({
    ...answered,
    holder: desk,
    heldSince: MONDAY,
    consultation: { ...consultation, outstanding: ['water'], overdue: true, opinions: [forest] },
    awaiting: [],
    handOffs: 2,
    revision: '4',
  });
  expect(late).toEqual({
    ...overdue,
    consultation: {
      ...consultation,
      outstanding: [],
      overdue: true,
      opinions: [
        forest,
        { department: 'water', agrees: true, late: true, workingDays: 4, answeredAt: MONDAY },
      ],
    },
    acts: 4,
    revision: '5',
  });
});

test('a case that ends awaits nothing more', () => {
  const withdrawn = documents(
    commands.submit(),
    commands.accept(),
    commands.consult(),
    commands.withdraw(),
  ).at(-1);
  expect([withdrawn?.stage, withdrawn?.awaiting]).toEqual(['withdrawn', []]);
});

test('a permit after the end, and the record', () => {
  const [, , approved, delivered, amended, renewed, corrected, entered, revoked, cancelled] = documents(
    commands.submit(),
    commands.accept(),
    commands.approve({ validUntil: '2027-11-24' }),
    commands.deliver(),
    commands.amend(),
    commands.renew(),
    commands.correct(),
    commands.backEntry(),
    commands.revoke(),
    commands.cancel({ ground: 'withdrawn' }),
  );
  expect([approved?.validUntil, approved?.revision]).toEqual(['2027-11-24', '3']);
  expect(amended).toEqual({ ...delivered, revision: '5' });
  expect(renewed).toEqual({ ...delivered, validUntil: '2028-11-24', revision: '6' });
  expect(corrected).toEqual({ ...renewed, permitNumber: '建字第2号', revision: '7' });
  expect(entered).toEqual({ ...corrected, backEntries: 1, revision: '8' });
  expect(revoked).toEqual({ ...entered, stage: 'revoked', outcome: 'revoked', revision: '9' });
  expect(cancelled).toEqual({ ...entered, stage: 'cancelled', outcome: 'cancelled', revision: '10' });
  const recalled = documents(
    commands.submit(),
    commands.accept(),
    commands.approve({ meta: { actor: head } }),
    commands.deliver(),
    commands.recall(),
  ).at(-1);
  expect([recalled?.stage, recalled?.outcome, recalled?.applicant]).toEqual([
    'recalled',
    'recalled',
    applicant.person,
  ]);
});

test('a correction of the number of a permit holds for the number that it bears, not for one that an amendment replaced', () => {
  const ended = [commands.submit(), commands.accept(), commands.approve(), commands.deliver()];
  const [amended, older, newer] = documents(
    ...ended,
    commands.amend({ permit: '建字第3号' }),
    commands.correct(),
    commands.correct({
      revision: 4,
      value: '建字第4号',
      original: { type: 'PermitAmended', data: { permit: '建字第3号' } },
    }),
  ).slice(ended.length);
  expect(amended?.permitNumber).toBe('建字第3号');
  expect(older).toEqual({ ...amended, revision: '5' });
  expect(newer).toEqual({ ...amended, permitNumber: '建字第4号', revision: '6' });
});
