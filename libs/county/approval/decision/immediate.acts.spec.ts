import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, expect, test } from '@jest/globals';
import { type Terms } from '../core/terms.js';
import {
  at,
  byWindow,
  CASE,
  commands,
  decider,
  desk,
  ID,
  NOW,
  opening,
  played,
  TERMS,
  window,
} from '../testing/cases.js';
import { LISTED } from '../testing/way-commands.js';

const spec = deciderSpec(decider);

/** A filing, done on the day of receipt. */
const IMMEDIATE: Terms = {
  statutory: null,
  promised: { days: 0, unit: 'working-day', start: 'receipt' },
  basis: '企业投资项目核准和备案管理条例 Art. 13',
  verified: true,
};

const MATERIALS = LISTED.map(({ name }) => name);

const filed = (materials: readonly string[], terms = IMMEDIATE) =>
  played(commands.submit({ materials: [...materials], opening: opening({ terms }) })).events;

describe('immediate cases (即办)', () => {
  test('accepted and completed in one act', () => {
    const done = '2026-11-24T06:30:00.000Z';
    spec
      .given(...filed(MATERIALS))
      .when(commands.completeImmediately({ listed: LISTED, meta: at(window, done) }))
      .then(
        {
          type: 'ApplicationAccepted',
          version: 1,
          data: {
            ...CASE,
            receiptNumber: `SL20261124-${ID}`,
            note: null,
            due: {
              promised: '2026-11-24T16:00:00.000Z',
              statutory: null,
              yellow: NOW,
              provisional: false,
            },
            custody: { ended: { by: byWindow, from: NOW, to: done }, holder: desk },
          },
        },
        {
          type: 'ApplicationClosed',
          version: 1,
          data: {
            ...CASE,
            outcome: '备案',
            clock: { stoppedAt: done, latePromised: false, lateStatutory: null },
            custody: { ended: { by: byWindow, from: done, to: done }, holder: null },
          },
        },
      );
  });

  test('A1 what the law puts first is granted first, however the case ends', () => {
    const missing = [{ application: 'p1-LX-07', matter: 'LX-07' }];
    const given = filed(MATERIALS);
    for (const command of [
      commands.completeImmediately({ listed: LISTED, missing }),
      commands.close({ missing }),
    ]) {
      spec
        .given(...given)
        .when(command)
        .refused(
          'application.prerequisites-not-granted',
          { application: ID, missing: 'LX-07 (p1-LX-07)' },
          '企业投资项目核准和备案管理条例 Art. 13',
          'state',
        );
    }
  });

  test('the next day it is still done, and late', () => {
    const { events } = played(
      commands.submit({ opening: opening({ terms: IMMEDIATE }) }),
      commands.completeImmediately({ meta: at(window, '2026-11-25T02:00:00.000Z') }),
    );
    spec
      .given(...events)
      .when(commands.completeImmediately())
      .refused('application.ended');
    const [closed] = events.slice(-1);
    expect(closed?.data).toMatchObject({ clock: { latePromised: true } });
  });

  test('with everything that the catalogue lists, or a commitment in its place', () => {
    spec
      .given(...filed(['设计方案']))
      .when(commands.completeImmediately({ listed: LISTED }))
      .refused(
        'application.materials-missing',
        { application: ID, missing: '日照分析报告、绿化方案' },
        '企业投资项目核准和备案管理条例 Art. 13',
        'state',
      );
    const promised = played(
      commands.submit({ materials: ['设计方案', '绿化方案'], opening: opening({ terms: IMMEDIATE }) }),
      commands.makeCommitment(),
      commands.completeImmediately({ listed: LISTED }),
    ).events;
    expect(promised.map(({ type }) => type)).toEqual([
      'ApplicationSubmitted',
      'CommitmentMade',
      'ApplicationAccepted',
      'ApplicationClosed',
    ]);
  });

  test('only when the catalogue promises the same day, and no decision is required', () => {
    spec
      .given(...filed(MATERIALS, { ...IMMEDIATE, promised: TERMS.promised }))
      .when(commands.completeImmediately())
      .refused('application.not-immediate', { application: ID, days: 5 }, null, 'state');
    spec
      .given(...filed(MATERIALS, { ...IMMEDIATE, statutory: TERMS.statutory }))
      .when(commands.completeImmediately())
      .refused('application.decision-owed', { application: ID }, '行政许可法 Art. 42', 'state');
  });
});
