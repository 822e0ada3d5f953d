import { deciderSpec } from '#libs/engine/event-sourcing-testing';
import { describe, test } from '@jest/globals';
import {
  accepted,
  at,
  CASE,
  commands,
  decider,
  DUE,
  head,
  ID,
  NOW,
  opening,
  played,
  TERMS,
  underReview,
} from '../testing/cases.js';

const spec = deciderSpec(decider);

/** Thursday and the Thursday after. */
const THURSDAY = '2026-11-26T02:00:00.000Z';

const ARTICLE_42 = '行政许可法 Art. 42';

describe('extension (行政许可法 Art. 42)', () => {
  test('once, by the head, with reasons; both terms grow', () => {
    const extend = commands.extend({ meta: at(head, THURSDAY) });
    spec
      .given(...underReview())
      .when(extend)
      .then({
        type: 'TimeLimitExtended',
        version: 1,
        data: {
          ...CASE,
          days: 10,
          article: ARTICLE_42,
          approvedBy: 'demo-head',
          reason: '需要补充日照分析',
          due: {
            promised: '2026-12-15T16:00:00.000Z',
            statutory: '2027-01-05T16:00:00.000Z',
            yellow: '2026-12-13T16:00:00.000Z',
            provisional: false,
          },
        },
      });
    spec
      .given(...played(commands.submit(), commands.accept(), extend).events)
      .when(commands.extend({ meta: at(head, THURSDAY) }))
      .refused('application.extended-before', { application: ID }, ARTICLE_42, 'state');
  });

  test('ten days at most, fifteen in a joint matter, and no more because another law is named', () => {
    const joint = played(
      commands.submit({ opening: opening({ department: null }) }),
      commands.accept(),
    ).events;
    const refusal = (days: number, most: number) => ({ application: ID, days, most });
    const tooLong = 'application.extension-too-long';
    spec
      .given(...accepted())
      .when(commands.extend({ days: 11 }))
      .refused(tooLong, refusal(11, 10), ARTICLE_42, 'input');
    spec
      .given(...joint)
      .when(commands.extend({ days: 16 }))
      .refused(tooLong, refusal(16, 15), ARTICLE_42, 'input');
    spec
      .given(...accepted())
      .when(commands.extend({ days: 20, article: '环境影响评价法 Art. 22' }))
      .refused(
        'application.extension-by-other-law',
        { application: ID, article: '环境影响评价法 Art. 22', law: ARTICLE_42 },
        ARTICLE_42,
        'input',
      );
    spec
      .given(...accepted())
      .when(commands.extend({ days: 11, article: '行政许可法第四十二条' }))
      .refused(tooLong, refusal(11, 10), ARTICLE_42, 'input');
  });

  test('A7 by as many days as the law of the matter has, and not where it has none', () => {
    const own = {
      days: 40,
      article: '企业投资项目核准和备案管理条例 Art. 10',
      verified: true,
      leave: 'department-head',
    } as const;
    const on = (extension: typeof own | null) =>
      played(commands.submit({ opening: opening({ terms: { ...TERMS, extension } }) }), commands.accept())
        .events;
    spec
      .given(...on(own))
      .when(commands.extend({ days: 40, article: own.article, meta: at(head, NOW) }))
      .then({
        type: 'TimeLimitExtended',
        version: 1,
        data: {
          ...CASE,
          days: 40,
          article: own.article,
          approvedBy: 'demo-head',
          reason: '需要补充日照分析',
          // 45 and 60 working days after 24 November, weekends only.
          due: {
            promised: '2027-01-26T16:00:00.000Z',
            statutory: '2027-02-16T16:00:00.000Z',
            yellow: '2027-01-19T16:00:00.000Z',
            provisional: false,
          },
        },
      });
    spec
      .given(...on(own))
      .when(commands.extend({ days: 41 }))
      .refused(
        'application.extension-too-long',
        { application: ID, days: 41, most: 40 },
        own.article,
        'input',
      );
    spec
      .given(...on(null))
      .when(commands.extend({ days: 1 }))
      .refused('application.no-extension', { application: ID }, ARTICLE_42, 'state');
  });

  test('not after the end of the term', () => {
    const late = '2026-12-22T16:00:00.001Z';
    spec
      .given(...underReview())
      .when(commands.extend({ meta: at(head, late) }))
      .refused('application.term-over', { application: ID, dueAt: DUE.statutory }, ARTICLE_42, 'state');
  });
});
