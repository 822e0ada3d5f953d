import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { type MatterKind } from '#libs/law/catalogue';
import { describe, expect, test } from '@jest/globals';
import { type DueDates, type Terms } from '../core/terms.js';
import {
  applicant,
  at,
  byApplicant,
  byReviewer,
  byWindow,
  CASE,
  commands,
  decider,
  desk,
  DUE,
  head,
  ID,
  NOW,
  opening,
  played,
  reviewer,
  TERMS,
  window,
} from '../testing/cases.js';
import { LISTED } from '../testing/way-commands.js';

const spec = deciderSpec(decider);

/** Without a number of its own, so that only the kind decides. */
const ofKind = (kind: MatterKind, over: Partial<Terms> = {}): Terms => ({
  ...TERMS,
  kind,
  statutory: null,
  ...over,
});
const received = (terms: Terms, materials: string[] = []) =>
  commands.submit({ materials, opening: opening({ terms }) });
const accepted = (terms: Terms) => played(received(terms), commands.accept()).events;

const FILING = ofKind('filing', { basis: '企业投资项目核准和备案管理条例 Art. 3, 13' });

describe('the kind of a matter and silence after receipt', () => {
  /** 24:00 of the fifth working day after Tuesday 24 November. */
  const NOTICE = { name: 'notice', since: NOW, at: '2026-12-01T16:00:00.000Z' } as const;
  const NEXT_DAY = '2026-12-02T02:00:00.000Z';
  const deemed = (article: string, due: DueDates) =>
    ({
      type: 'ApplicationDeemedAccepted',
      version: 1,
      data: { ...CASE, receiptNumber: `SL20261124-${ID}`, acceptedAt: NOW, article, due },
    }) as const;

  test('A2 accepts a licence after five working days, whether it has a limit of its own or not', () => {
    spec
      .given(...played(received(ofKind('licence'))).events)
      .when(commands.fire(NOTICE, NEXT_DAY))
      .then(deemed('行政许可法 Art. 32(4)', { ...DUE, statutory: null }));
  });

  test('A3 accepts nothing else for having a number', () => {
    for (const kind of ['confirmation', 'filing', 'other', 'technical-review'] as const) {
      spec
        .given(...played(received(ofKind(kind, { statutory: TERMS.statutory }))).events)
        .when(commands.fire(NOTICE, NEXT_DAY))
        .nothing();
    }
  });

  test('A3 accepts a registration that was not refused on the spot, at the end of the day of receipt', () => {
    const terms = ofKind('confirmation', {
      statutory: TERMS.statutory,
      notice: { days: 0, article: '不动产登记暂行条例 Art. 17' },
    });
    const given = played(received(terms)).events;
    spec
      .given(...given)
      .when(commands.fire({ ...NOTICE, at: '2026-11-24T16:00:00.000Z' }, '2026-11-25T01:00:00.000Z'))
      .then(deemed('不动产登记暂行条例 Art. 17', DUE));
    spec
      .given(...given)
      .when(commands.fire(NOTICE, NEXT_DAY))
      .nothing();
  });
});

describe('the kind of a matter and its end', () => {
  test('A2 a licence without a limit of its own is never closed without a decision', () => {
    const immediate = ofKind('licence', { promised: { days: 0, unit: 'working-day', start: 'receipt' } });
    for (const [given, command] of [
      [accepted(ofKind('licence')), commands.close()],
      [played(received(ofKind('licence'))).events, commands.close()],
      [played(received(immediate)).events, commands.completeImmediately({ listed: [] })],
    ] as const) {
      spec
        .given(...given)
        .when(command)
        .refused('application.decision-owed', { application: ID }, '行政许可法 Art. 42', 'state');
    }
  });

  test('A3 a confirmation owes a result, by its own law', () => {
    spec
      .given(...accepted(ofKind('confirmation')))
      .when(commands.close())
      .refused('application.result-owed', { application: ID }, '城乡规划法 Art. 40', 'state');
  });

  test('A3 what is neither may be closed, though a limit is listed for it', () => {
    for (const kind of ['technical-review', 'other', 'utility-service'] as const) {
      spec
        .given(...accepted(ofKind(kind, { statutory: TERMS.statutory })))
        .when(commands.close({ outcome: '已办结' }))
        .then({
          type: 'ApplicationClosed',
          version: 1,
          data: {
            ...CASE,
            outcome: '已办结',
            clock: { stoppedAt: NOW, latePromised: false, lateStatutory: false },
            custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: null },
          },
        });
    }
  });

  test('A11 a filing is neither granted nor refused, at whatever stage; its article says so', () => {
    for (const given of [played(received(FILING)).events, accepted(FILING)]) {
      for (const command of [commands.approve(), commands.refuse()]) {
        spec
          .given(...given)
          .when(command)
          .refused(
            'application.filing-not-decided',
            { application: ID },
            '企业投资项目核准和备案管理条例 Art. 3, 13',
            'state',
          );
      }
    }
  });

  test('A11 a filing is filed, and its outcome claims no permission', () => {
    for (const outcome of ['准予许可', '不予备案', '核准']) {
      spec
        .given(...accepted(FILING))
        .when(commands.close({ outcome }))
        .refused(
          'application.outcome-of-a-licence',
          { application: ID, outcome },
          '企业投资项目核准和备案管理条例 Art. 3, 13',
          'input',
        );
    }
    spec
      .given(...played(received(FILING)).events)
      .when(commands.close({ outcome: '已备案' }))
      .then({
        type: 'ApplicationClosed',
        version: 1,
        data: {
          ...CASE,
          outcome: '已备案',
          clock: { stoppedAt: NOW, latePromised: null, lateStatutory: null },
          custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: null },
        },
      });
  });

  test('A11 an imported log is kept as it was decided', () => {
    const { events } = played(
      received(FILING),
      commands.accept(),
      commands.approve({ meta: { actor: head, correlationId: 'import/county' } }),
    );
    expect(events.map(({ type }) => type)).toEqual([
      'ApplicationSubmitted',
      'ApplicationAccepted',
      'ApplicationApproved',
    ]);
  });

  test('A2 applications from before the kind was recorded stay what they were taken for', () => {
    spec
      .given(...accepted(TERMS))
      .when(commands.close())
      .refused('application.decision-owed');
    const { events } = played(received({ ...TERMS, statutory: null }), commands.accept(), commands.close());
    expect(events.at(-1)?.type).toBe('ApplicationClosed');
  });
});

describe('acceptance and the key materials', () => {
  const handedIn = (...materials: string[]) => played(received(ofKind('licence'), materials)).events;
  const receipt = {
    type: 'ApplicationAccepted',
    version: 1,
    data: {
      ...CASE,
      receiptNumber: `SL20261124-${ID}`,
      note: null,
      due: { ...DUE, statutory: null },
      custody: { ended: { by: byWindow, from: NOW, to: NOW }, holder: desk },
    },
  } as const;

  test('A31 nothing is accepted without what the law itself asks for', () => {
    const missing = {
      application: ID,
      missing: '设计方案 (城乡规划法 Art. 40)',
      missingZh: '设计方案（城乡规划法 Art. 40）',
    };
    for (const command of [
      commands.accept({ listed: LISTED }),
      commands.acceptWithDeficiency({ listed: LISTED }),
    ]) {
      spec
        .given(...handedIn('绿化方案'))
        .when(command)
        .refused('application.key-materials-missing', missing, '行政许可法 Art. 32(5)', 'state');
    }
    spec
      .given(...played(received(ofKind('filing'))).events)
      .when(commands.accept({ listed: LISTED }))
      .refused('application.key-materials-missing', missing, '城乡规划法 Art. 40', 'state');
  });

  test('A31 other materials may be late, and what is asked for in some cases only is the window’s to judge', () => {
    spec
      .given(...handedIn('设计方案'))
      .when(commands.accept({ listed: LISTED }))
      .then(receipt);
    const onlyThen = LISTED.map((one) => ({ ...one, conditional: true }));
    spec
      .given(...handedIn())
      .when(commands.accept({ listed: onlyThen }))
      .then(receipt);
  });

  test('A31 what was handed in after the notice counts, and an imported log records no materials', () => {
    const supplemented = played(
      received(ofKind('licence')),
      commands.requestSupplement(),
      commands.supplement({ materials: ['设计方案'] }),
    ).events;
    spec
      .given(...supplemented)
      .when(commands.accept({ listed: LISTED }))
      .then(receipt);
    spec
      .given(...handedIn())
      .when(commands.accept({ listed: LISTED, meta: { actor: window, correlationId: 'import/county' } }))
      .then(receipt);
  });
});

describe('a return after acceptance', () => {
  const underReview = played(received(ofKind('licence')), commands.accept(), commands.assign()).events;
  const LATER = '2026-11-25T02:00:00.000Z';
  const by = at(reviewer, LATER);

  test('A29 on an article of the matter’s own law passes the case to the applicant', () => {
    spec
      .given(...underReview)
      .when(commands.returnToApplicant({ meta: by }))
      .then({
        type: 'ApplicationReturned',
        version: 1,
        data: {
          ...CASE,
          reason: '图纸不一致',
          article: '城乡规划法 Art. 40',
          round: 1,
          custody: { ended: { by: byReviewer, from: NOW, to: LATER }, holder: byApplicant },
        },
      });
  });

  test('A29 without one is a deviation, and the time stays the department’s until the applicant has answered', () => {
    const deviating = commands.returnToApplicant({
      restsOnOwnLaw: false,
      article: '行政许可法 Art. 31',
      meta: by,
    });
    const returned = {
      type: 'ApplicationReturned',
      version: 1,
      data: {
        ...CASE,
        reason: '图纸不一致',
        article: '行政许可法 Art. 31',
        deviates: true,
        round: 1,
        custody: { ended: null, holder: byReviewer },
      },
    } as const;
    const { events } = played(received(ofKind('licence')), commands.accept(), commands.assign(), deviating);
    const { type, version, data } = events[3] ?? {};
    expect({ type, version, data }).toStrictEqual(returned);
    expect(events.slice(4).map((event) => event.type)).toEqual(['ReturnWithoutArticleFlagged']);
    const ANSWER = '2026-11-27T02:00:00.000Z';
    spec
      .given(...events)
      .when(commands.submit({ opening: null, materials: ['更正图纸'], meta: at(applicant, ANSWER) }))
      .then({
        type: 'ApplicationResubmitted',
        version: 1,
        data: {
          ...CASE,
          materials: ['更正图纸'],
          custody: { ended: { by: byReviewer, from: NOW, to: ANSWER }, holder: byReviewer },
        },
      });
  });

  test('A29 between desks stays inside the organ', () => {
    spec
      .given(...underReview)
      .when(commands.returnToApplicant({ to: 'desk', restsOnOwnLaw: false, meta: by }))
      .then({
        type: 'ApplicationSentBack',
        version: 1,
        data: {
          ...CASE,
          reason: '图纸不一致',
          custody: { ended: { by: byReviewer, from: NOW, to: LATER }, holder: desk },
        },
      });
  });

  test('A29 an imported log is kept as it was', () => {
    const meta = { actor: reviewer, correlationId: 'import/county' };
    spec
      .given(...underReview)
      .when(commands.returnToApplicant({ restsOnOwnLaw: false, meta }))
      .then({
        type: 'ApplicationReturned',
        version: 1,
        data: {
          ...CASE,
          reason: '图纸不一致',
          article: '城乡规划法 Art. 40',
          round: 1,
          custody: { ended: { by: byReviewer, from: NOW, to: NOW }, holder: byApplicant },
        },
      });
  });
});
