import 'reflect-metadata';
import { type Document, type StoredEvent } from '#libs/engine/event-sourcing';
import { describe, expect, test } from '@jest/globals';
import {
  applicant,
  at,
  calendar,
  commands,
  head,
  ID,
  played,
  reviewer,
  type Stored,
  TERMS,
  window,
} from '../testing/cases.js';
import { withoutActs } from './application.acted.js';
import { type ApplicationDocument } from './application.document.js';
import { applicationsUnder } from './application.projection.js';

const applications = applicationsUnder(calendar);

/** The document after each event of the stream, the last one last. Who acted is tested by itself. */
function documents(events: readonly Stored[]): readonly Document[] {
  const after: Document[] = [];
  for (const event of events) {
    const stored: StoredEvent = event;
    expect(applications.keys(stored)).toEqual([ID]);
    after.push(applications.fold(after.at(-1) ?? null, stored, ID));
  }
  return after.map((document) => withoutActs(document as ApplicationDocument));
}

const MONDAY = '2026-03-02T01:00:00.000Z';

const hour = (hours: number) => new Date(Date.parse(MONDAY) + hours * 3_600_000).toISOString();

const submitted: ApplicationDocument = {
  id: ID,
  project: 'p1',
  projectName: '冷库',
  region: '210521',
  regions: ['000000', '210000', '210500', '210521'],
  matter: 'GC-02',
  matterName: '建设工程规划许可证核发',
  matterVersion: 1,
  department: 'natural-resources',
  responsible: 'natural-resources',
  applicant: 'demo-applicant',
  channel: null,
  stage: 'submitted',
  open: true,
  holder: { party: 'department', department: 'natural-resources', post: null, person: null },
  heldSince: hour(0),
  person: null,
  reviewer: null,
  submittedAt: hour(0),
  materialsAt: hour(0),
  acceptedAt: null,
  endedAt: null,
  deliveredAt: null,
  outcome: null,
  terms: TERMS,
  promisedEnd: null,
  due: { promised: null, statutory: null, yellow: null, provisional: false },
  dueAt: '9999-12-31T00:00:00.000Z',
  deadline: null,
  latePromised: null,
  lateStatutory: null,
  escalation: null,
  fastTrack: false,
  awaiting: [],
  supplementRounds: 0,
  returnRounds: 0,
  steps: 0,
  lastStep: null,
  acts: 0,
  handOffs: 0,
  revision: '0',
  calendarVersion: 'weekends',
  suspensions: [],
  extensions: [],
  stepOverrun: null,
};

const byApplicant = { party: 'applicant', department: null, post: null, person: 'demo-applicant' } as const;

const byReviewer = {
  party: 'department',
  department: 'natural-resources',
  post: '审查岗',
  person: 'demo-reviewer',
} as const;

describe('the document of an application', () => {
  test('from submission through supplement, return and approval to delivery', () => {
    const { events } = played(
      commands.submit({ meta: at(applicant, hour(0)) }),
      commands.requestSupplement({ meta: at(window, hour(1)) }),
      commands.supplement({ meta: at(applicant, hour(2)) }),
      commands.accept({ meta: at(window, hour(3)) }),
      commands.assign({ meta: at(head, hour(4)) }),
      commands.step({ meta: at(reviewer, hour(5)) }),
      commands.returnToApplicant({ meta: at(reviewer, hour(6)) }),
      commands.escalate({ meta: at(applicant, hour(7)) }),
      commands.submit({ meta: at(applicant, hour(8)) }),
      commands.approve({ meta: at(head, hour(9)) }),
      commands.deliver({ meta: at(window, hour(10)) }),
    );
    const requested: ApplicationDocument = {
      ...submitted,
      stage: 'supplement-requested',
      holder: byApplicant,
      heldSince: hour(1),
      person: 'demo-applicant',
      supplementRounds: 1,
      acts: 1,
      handOffs: 1,
      revision: '1',
      supplementPeriod: { from: hour(1), to: null, cause: 'supplement', article: '行政许可法 Art. 32(4)' },
    };
    const supplemented: ApplicationDocument = {
      ...requested,
      stage: 'submitted',
      holder: submitted.holder,
      heldSince: hour(2),
      materialsAt: hour(2),
      person: null,
      handOffs: 2,
      revision: '2',
      supplementPeriod: { from: hour(1), to: hour(2), cause: 'supplement', article: '行政许可法 Art. 32(4)' },
    };
    const accepted: ApplicationDocument = {
      ...supplemented,
      stage: 'accepted',
      receiptNumber: 'SL20260302-p1-GC-02',
      heldSince: hour(3),
      acceptedAt: hour(3),
      // Five and twenty working days after Monday 2 March, to midnight in China; yellow on the last of the five.
      due: {
        promised: '2026-03-09T16:00:00.000Z',
        statutory: '2026-03-30T16:00:00.000Z',
        yellow: '2026-03-08T16:00:00.000Z',
        provisional: false,
      },
      dueAt: '2026-03-09T16:00:00.000Z',
      deadline: { last: '2026-03-09', yellow: '2026-03-09' },
      acts: 2,
      revision: '3',
    };
    const assigned: ApplicationDocument = {
      ...accepted,
      holder: byReviewer,
      heldSince: hour(4),
      person: 'demo-reviewer',
      reviewer: 'demo-reviewer',
      acts: 3,
      handOffs: 3,
      revision: '4',
    };
    const stepped: ApplicationDocument = {
      ...assigned,
      heldSince: hour(5),
      steps: 1,
      lastStep: '现场踏勘',
      acts: 4,
      revision: '5',
    };
    const returned: ApplicationDocument = {
      ...stepped,
      stage: 'returned',
      holder: byApplicant,
      heldSince: hour(6),
      person: 'demo-applicant',
      returnRounds: 1,
      acts: 5,
      handOffs: 4,
      revision: '6',
    };
    const escalated: ApplicationDocument = { ...returned, escalation: 'department-head', revision: '7' };
    const resubmitted: ApplicationDocument = {
      ...escalated,
      stage: 'accepted',
      holder: byReviewer,
      heldSince: hour(8),
      person: 'demo-reviewer',
      handOffs: 5,
      revision: '8',
    };
    const approved: ApplicationDocument = {
      ...resubmitted,
      stage: 'decided',
      open: false,
      holder: submitted.holder,
      heldSince: hour(9),
      person: null,
      endedAt: hour(9),
      outcome: 'granted',
      permitNumber: '建字第1号',
      latePromised: false,
      lateStatutory: false,
      acts: 6,
      handOffs: 6,
      grantedOn: '2026-03-02',
      revision: '9',
    };
    const delivered: ApplicationDocument = {
      ...approved,
      stage: 'delivered',
      holder: null,
      heldSince: null,
      deliveredAt: hour(10),
      acts: 7,
      revision: '10',
    };
    expect(documents(events)).toEqual([
      submitted,
      requested,
      supplemented,
      accepted,
      assigned,
      stepped,
      returned,
      escalated,
      resubmitted,
      approved,
      delivered,
    ]);
  });

  test('a transfer moves it to the worklist of the other department, without its reviewer', () => {
    const { events } = played(
      commands.submit({ meta: at(applicant, hour(0)) }),
      commands.accept({ meta: at(window, hour(3)) }),
      commands.assign({ meta: at(head, hour(4)) }),
      commands.transfer({ meta: at(reviewer, hour(5)) }),
    );
    const [before, after] = documents(events).slice(-2);
    expect(after).toEqual({
      ...before,
      department: 'water',
      responsible: 'water',
      holder: { party: 'department', department: 'water', post: null, person: null },
      heldSince: hour(5),
      person: null,
      reviewer: null,
      acts: 3,
      handOffs: 2,
      revision: '3',
    });
  });

  test('an event before the submission, and a second submission, stop the projection', () => {
    const [first, second] = played(commands.submit(), commands.accept()).events;
    if (!first || !second) throw new Error('two events were played');
    expect(() => applications.fold(null, second, ID)).toThrow('there is none');
    expect(() => applications.fold(submitted, first, ID)).toThrow('again');
  });
});
