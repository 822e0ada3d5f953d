import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import { type ApplicationEvent, applicationsUnder, type ServiceDocument } from '#libs/county/approval';
import { dayOf } from '#libs/law/calendar';
import { type Recorded, type StoredEvent } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { serviceFigures } from './service-quality.query.js';
import { documentsOf, foldAll } from '../testing/fold.js';
import { applicant, calendar, head, History, LICENCE, windowClerk } from '../testing/history.js';
import { histories } from '../testing/random-history.js';

const linesOf = (events: readonly StoredEvent[]) =>
  documentsOf<ServiceDocument>(foldAll(applicationsUnder(calendar), events), 'service');

describe('quality of service', () => {
  test('counts the first answer to the materials of each application, and who gave it', () => {
    let counted = 0;
    fc.assert(
      fc.property(histories, ({ events }) => {
        const answered = new Set<string>();
        const recount: Record<string, Record<string, number>> = {};
        for (const stored of events) {
          const { type, stream, metadata } = stored as Recorded<ApplicationEvent>;
          if (!['ApplicationAccepted', 'SupplementRequested', 'AcceptanceRefused'].includes(type)) continue;
          if (answered.has(stream)) continue;
          answered.add(stream);
          counted++;
          const { department, person, post } = metadata.actor;
          const day = dayOf(metadata.occurredAt);
          for (const whose of [`department:${department}`, `post:${post}`, `person:${person}`]) {
            const counts = (recount[`${whose} ${day.slice(0, 7)}`] ??= {});
            const came = { ApplicationAccepted: 'firstPass', SupplementRequested: 'noticed' }[type as string];
            for (const counter of ['examined', ...(came ? [came] : [])]) {
              const name = `${counter}@${day.slice(8)}`;
              counts[name] = (counts[name] ?? 0) + 1;
            }
          }
        }
        const found: Record<string, Record<string, number>> = {};
        for (const { level, department, post, person, period, counts } of linesOf(events)) {
          const sum = (found[`${level}:${person ?? post ?? department} ${period}`] ??= {});
          for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
        }
        expect(found).toEqual(recount);
      }),
    );
    expect(counted).toBeGreaterThan(100);
  });

  test('a rating counts for who did the act, on the day it was given', () => {
    const history = new History();
    const id = 'p1-GC-02';
    history.register('p1', { at: '2026-03-02T01:00:00.000Z', matters: [LICENCE] });
    history.submit(id, '2026-03-02T01:00:00.000Z');
    history.act({ type: 'AcceptApplication', id }, windowClerk, '2026-03-03T01:00:00.000Z');
    history.act(
      { type: 'ApproveApplication', id, missing: [], needsReview: false },
      head,
      '2026-03-04T01:00:00.000Z',
    );
    const rate = (revision: number, stars: 1 | 5, actor: typeof head) =>
      history.act(
        { type: 'RateService', id, revision, stars, original: { type: 'an act', actor } },
        applicant,
        '2026-03-04T16:00:00.000Z',
      );
    rate(1, 5, windowClerk);
    rate(2, 1, head);
    const line = (level: string, name: string | null, counts: object) => ({
      id: ['210521', 'natural-resources', ...(name === null ? [] : [name]), '2026-03'].reduce(
        (path, part) => `${path}|${part}`,
        level,
      ),
      ...{ level, region: '210521', department: 'natural-resources', period: '2026-03', counts },
      post: level === 'post' ? name : null,
      person: level === 'person' ? name : null,
    });
    const window = { 'examined@03': 1, 'firstPass@03': 1, 'rated@05': 1, 'stars@05': 5 };
    const lines = linesOf(history.events);
    expect(lines).toEqual(
      [
        line('department', null, { ...window, 'rated@05': 2, 'stars@05': 6 }),
        line('person', head.person, { 'rated@05': 1, 'stars@05': 1 }),
        line('person', windowClerk.person, window),
        line('post', head.post, { 'rated@05': 1, 'stars@05': 1 }),
        line('post', windowClerk.post, window),
      ].sort((a, b) => (a.id < b.id ? -1 : 1)),
    );
  });

  test('a mean of fewer than five ratings is hidden where it could reveal persons', () => {
    const counts = { rated: 4, stars: 18, examined: 4, firstPass: 3, noticed: 1 };
    const rates = { examined: 4, firstPassRate: 0.75, supplementRate: 0.25 };
    expect(serviceFigures(counts, true)).toEqual({ rated: 4, meanStars: null, ...rates });
    expect(serviceFigures(counts, false)).toEqual({ rated: 4, meanStars: 4.5, ...rates });
    expect(serviceFigures({ ...counts, rated: 5 }, true)).toEqual({ rated: 5, meanStars: 3.6, ...rates });
    expect(serviceFigures({}, false)).toEqual({
      ...{ rated: 0, meanStars: null, examined: 0, firstPassRate: null, supplementRate: null },
    });
  });
});
