import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { History, RECEIPT } from '../testing/history.js';
import { ReportsBench } from '../testing/reports.js';
import { histories } from '../testing/random-history.js';
import { applicationTimeline, projectTimeline, type TimelineItem } from './timeline.query.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

const officer = (person: string, department: string) => ({
  person,
  department,
  post: null,
  role: 'reviewer',
});

describe('the timeline', () => {
  test('of an imported case: its steps in order, with who held it before each', async () => {
    const history = new History();
    const id = 'case-10011-RC-01';
    const step = (name: string, source: string) => ({ type: 'RecordStep', id, step: name, source }) as const;
    history.register('case-10011', { at: '2011-10-11T11:42:22.688Z', matters: [RECEIPT] });
    history.submit(id, '2011-10-11T11:42:22.688Z', '2011-12-06T12:41:31.788Z');
    history.act(
      step('Confirmation of receipt', 'task-42933'),
      officer('Resource21', 'Group 1'),
      '2011-10-11T11:45:40.276Z',
    );
    history.act(
      step('T02 Check', 'task-42935'),
      officer('Resource10', 'Group 4'),
      '2011-10-12T06:26:25.398Z',
    );
    const { models } = await bench.load(history);

    const { items, nextCursor } = await projectTimeline(models, 'case-10011', { limit: 10 });
    expect(nextCursor).toBeNull();
    expect(items.map(({ type, step, heldBefore }) => ({ type, step, heldBefore }))).toEqual([
      { type: 'ProjectRegistered', step: null, heldBefore: null },
      { type: 'ApplicationSubmitted', step: null, heldBefore: null },
      {
        type: 'StepRecorded',
        step: 'Confirmation of receipt',
        heldBefore: {
          party: 'department',
          department: 'Group 1',
          post: null,
          person: 'Resource21',
          from: '2011-10-11T11:42:22.688Z',
          to: '2011-10-11T11:45:40.276Z',
          minutes: 3,
        },
      },
      {
        type: 'StepRecorded',
        step: 'T02 Check',
        heldBefore: {
          party: 'department',
          department: 'Group 4',
          post: null,
          person: 'Resource10',
          from: '2011-10-11T11:45:40.276Z',
          to: '2011-10-12T06:26:25.398Z',
          minutes: 1121,
        },
      },
    ]);
    expect({ ...items[3], position: '' }).toEqual({
      type: 'StepRecorded',
      afterEnd: false,
      corrections: [],
      step: 'T02 Check',
      occurredAt: '2011-10-12T06:26:25.398Z',
      recordedAt: '2026-11-24T02:00:00.000Z',
      department: 'Group 4',
      post: null,
      person: 'Resource10',
      role: 'reviewer',
      onBehalfOf: null,
      application: id,
      note: null,
      article: null,
      round: null,
      level: null,
      original: null,
      outcome: null,
      ...{ number: null, permit: null },
      late: null,
      departments: [],
      heldBefore: items[3]?.heldBefore,
      holderAfter: { party: 'department', department: 'Group 4', post: null, person: 'Resource10' },
      stream: `application-${id}`,
      revision: '2',
      position: '',
    });
  });

  test('a stream longer than a block is whole and in order', async () => {
    const history = new History();
    history.register('p1', { at: '2026-03-02T01:00:00.000Z', matters: [RECEIPT] });
    history.submit('p1-RC-01', '2026-03-02T01:00:00.000Z');
    for (let minute = 0; minute < 150; minute++) {
      const at = new Date(Date.parse('2026-03-02T02:00:00.000Z') + minute * 60_000).toISOString();
      history.act(
        { type: 'RecordStep', id: 'p1-RC-01', step: `${minute}`, source: null },
        officer('a', 'water'),
        at,
      );
    }
    const { models } = await bench.load(history);
    const { items } = await applicationTimeline(models, 'p1-RC-01', { limit: 1000 });
    expect(items.map(({ revision, step }) => [revision, step])).toEqual([
      ['0', null],
      ...Array.from({ length: 150 }, (_, minute) => [`${minute + 1}`, `${minute}`]),
    ]);
  });

  test('pages are the events of the project by time, then by place in the log', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: 1, max: 7 }), async (history, limit) => {
        const { models, events } = await bench.load(history);
        const items: TimelineItem[] = [];
        let cursor: string | null = null;
        do {
          const page: Awaited<ReturnType<typeof projectTimeline>> = await projectTimeline(models, 'p0', {
            limit,
            cursor,
          });
          items.push(...page.items);
          cursor = page.nextCursor;
        } while (cursor !== null);
        const expected: { stream: string; revision: string; occurredAt: string; position: bigint }[] = [];
        for await (const { stream, revision, position, metadata } of events.readAll(null)) {
          if (!/^(project-p0|application-p0-.*)$/.test(stream)) continue;
          expected.push({ stream, revision: `${revision}`, occurredAt: metadata.occurredAt, position });
        }
        expected.sort((a, b) =>
          a.occurredAt < b.occurredAt
            ? -1
            : a.occurredAt > b.occurredAt
              ? 1
              : Number(a.position - b.position),
        );
        expect(items.map(({ stream, revision }) => ({ stream, revision }))).toEqual(
          expected.map(({ stream, revision }) => ({ stream, revision })),
        );
        await bench.close();
      }),
      { numRuns: 10 },
    );
  });
});
