import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, test } from '@jest/globals';
import { type Holder } from '../core/holder.js';
import {
  accepted,
  at,
  byApplicant,
  byHead,
  byReviewer,
  byWindow,
  CASE,
  commands,
  decider,
  desk,
  head,
  ID,
  NOW,
  played,
  reviewer,
  underReview,
  WAYS,
  window,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

describe('review', () => {
  test('the reviewer holds the case from the assignment on; assigning again adds nothing', () => {
    spec
      .given(...accepted())
      .when(commands.assign())
      .then({
        type: 'ReviewerAssigned',
        version: 1,
        data: {
          ...CASE,
          department: 'natural-resources',
          post: '审查岗',
          person: 'demo-reviewer',
          custody: { ended: { by: byHead, from: NOW, to: NOW }, holder: byReviewer },
        },
      });
    spec
      .given(...underReview())
      .when(commands.assign())
      .nothing();
  });

  test('a step ends a stretch of the holder on record and hands nothing on', () => {
    const later = '2026-11-25T03:00:00.000Z';
    spec
      .given(...underReview())
      .when(commands.step({ note: '已到场', meta: at(window, later) }))
      .then({
        type: 'StepRecorded',
        version: 1,
        data: {
          ...CASE,
          step: '现场踏勘',
          department: 'natural-resources',
          post: '窗口',
          person: 'demo-window',
          note: '已到场',
          source: null,
          afterEnd: false,
          custody: { ended: { by: byReviewer, from: NOW, to: later }, holder: byReviewer },
        },
      });
  });

  test('sent back internally: to the reviewer, or to the desk if there is none', () => {
    const custody = (holder: Holder, by: Holder) => ({ ended: { by, from: NOW, to: NOW }, holder });
    const sentBack = (holder: Holder, by: Holder) =>
      ({
        type: 'ApplicationSentBack',
        version: 1,
        data: { ...CASE, reason: '复核日照', custody: custody(holder, by) },
      }) as const;
    spec
      .given(...underReview())
      .when(commands.sendBack())
      .then(sentBack(byReviewer, byReviewer));
    spec
      .given(...accepted())
      .when(commands.sendBack())
      .then(sentBack(desk, byHead));
  });

  test('a return counts its round, and the resubmission goes to the reviewer', () => {
    const ways = [commands.submit(), commands.accept(), commands.assign(), commands.returnToApplicant()];
    spec
      .given(...played(...ways, commands.supplement()).events)
      .when(commands.returnToApplicant({ reason: '日照不足', article: '城乡规划法 Art. 40' }))
      .then({
        type: 'ApplicationReturned',
        version: 1,
        data: {
          ...CASE,
          reason: '日照不足',
          article: '城乡规划法 Art. 40',
          round: 2,
          custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: byApplicant },
        },
      });
    spec
      .given(...played(...ways).events)
      .when(commands.submit({ materials: ['新图纸'] }))
      .then({
        type: 'ApplicationResubmitted',
        version: 1,
        data: {
          ...CASE,
          materials: ['新图纸'],
          custody: { ended: { by: byApplicant, from: NOW, to: NOW }, holder: byReviewer },
        },
      });
  });
});

describe('decision', () => {
  test('an approval stops the clock: in time at the due instant, late a millisecond after it', () => {
    const approved = (stoppedAt: string, latePromised: boolean) =>
      spec
        .given(...underReview())
        .when(commands.approve({ opinion: '同意', meta: at(head, stoppedAt) }))
        .then({
          type: 'ApplicationApproved',
          version: 1,
          data: {
            ...CASE,
            permit: '建字第1号',
            opinion: '同意',
            clock: { stoppedAt, latePromised, lateStatutory: false },
            custody: { ended: { by: byReviewer, from: NOW, to: stoppedAt }, holder: desk },
          },
        });
    approved('2026-12-01T16:00:00.000Z', false);
    approved('2026-12-01T16:00:00.001Z', true);
  });

  test('prerequisites come first, whatever the hurry', () => {
    spec
      .given(...underReview())
      .when(commands.approve({ missing: [{ application: 'p1-LX-07', matter: 'LX-07' }] }))
      .refused(
        'application.prerequisites-not-granted',
        { application: ID, missing: 'LX-07 (p1-LX-07)' },
        '城乡规划法 Art. 40',
        'state',
      );
  });

  test('who reviews does not decide', () => {
    const self = { actor: { ...reviewer, role: 'department-head' } };
    for (const command of [commands.approve({ meta: self }), commands.refuse({ meta: self })]) {
      spec
        .given(...underReview())
        .when(command)
        .refused(
          'application.reviewer-decides',
          { application: ID, person: 'demo-reviewer' },
          null,
          'permission',
        );
    }
  });

  test('a refusal names article, reason and remedies', () => {
    const command = commands.refuse();
    spec
      .given(...underReview())
      .when(command)
      .then({
        type: 'ApplicationRefused',
        version: 1,
        data: {
          ...CASE,
          article: command.article,
          reason: command.reason,
          remedies: '六十日内申请行政复议',
          clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
          custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: desk },
        },
      });
    spec
      .given(...underReview())
      .when(commands.refuse({ remedies: '' }))
      .refused('application.reasons-owed', { field: 'remedies' });
  });

  test('delivery ends it', () => {
    spec
      .given(...played(...WAYS.decided).events)
      .when(commands.deliver())
      .then({
        type: 'DecisionDelivered',
        version: 1,
        data: {
          ...CASE,
          method: 'at-the-window',
          recipient: 'demo-applicant',
          custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: null },
        },
      });
  });

  test('where the law sets a limit a case cannot just be closed', () => {
    spec
      .given(...accepted())
      .when(commands.close())
      .refused('application.decision-owed', { application: ID }, '行政许可法 Art. 42', 'state');
    spec
      .given(...played(...WAYS.submitted).events)
      .when(commands.close())
      .then({
        type: 'ApplicationClosed',
        version: 1,
        data: {
          ...CASE,
          outcome: '备案',
          clock: { stoppedAt: NOW, latePromised: null, lateStatutory: null },
          custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: null },
        },
      });
  });

  test('only the applicant withdraws, which ends the time of the present holder', () => {
    spec
      .given(...underReview())
      .when(commands.withdraw())
      .then({
        type: 'ApplicationWithdrawn',
        version: 1,
        data: {
          ...CASE,
          reason: '项目调整',
          clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
          custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: null },
        },
      });
    spec
      .given(...underReview())
      .when(commands.withdraw({ meta: { actor: window } }))
      .refused(
        'application.not-the-applicant',
        { application: ID, person: 'demo-window' },
        '行政许可法 Art. 29',
        'permission',
      );
  });
});
