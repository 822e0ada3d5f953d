import 'reflect-metadata';
import { afterEach, describe, expect, test } from '@jest/globals';
import { type WorkloadLevel } from '#libs/county/approval';
import { openLmdbEventStore, openLmdbReadStore } from '#libs/engine/store-lmdb';
import fc from 'fast-check';
import { overview } from '../project/overview.query.js';
import { listProjects } from '../project/project.query.js';
import { applicant, head, History, LICENCE, RECEIPT, reviewer, windowClerk } from '../testing/history.js';
import { ReportsBench } from '../testing/reports.js';
import { tables } from '../testing/tables.js';
import { histories } from '../testing/random-history.js';
import { workload, workloadByDay, type WorkloadItem } from './workload.query.js';

const bench = new ReportsBench({ openEventStore: openLmdbEventStore, openReadStore: openLmdbReadStore });
afterEach(() => bench.close());

const at = (day: string, time: string) => new Date(`${day}T${time}:00.000+08:00`).toISOString();

/** Two projects: one decided in time and delivered, one accepted and waiting for the applicant after a return. */
function twoProjects(): History {
  const history = new History();
  const [first, second] = ['p1-GC-02', 'p2-GC-02'];
  history.register('p1', { at: at('2026-03-02', '09:00') });
  history.submit(first, at('2026-03-02', '09:00'));
  history.act({ type: 'AcceptApplication', id: first }, windowClerk, at('2026-03-02', '09:40'));
  history.act(
    { type: 'AssignReviewer', id: first, person: 'demo-reviewer', post: '审查岗' },
    head,
    at('2026-03-02', '10:00'),
  );
  history.act(
    { type: 'RecordStep', id: first, step: '踏勘', source: null },
    reviewer,
    at('2026-03-03', '10:00'),
  );
  history.act(
    { type: 'ApproveApplication', id: first, missing: [], needsReview: false },
    head,
    at('2026-03-04', '10:00'),
  );
  history.register('p2', { at: at('2026-04-01', '09:00'), region: '210502' });
  history.submit(second, at('2026-04-01', '09:00'));
  history.act({ type: 'AcceptApplication', id: second }, windowClerk, at('2026-04-01', '09:30'));
  history.act(
    { type: 'ReturnApplication', id: second, reason: '不一致' },
    reviewer,
    at('2026-04-01', '10:00'),
  );
  return history;
}

const nothing = {
  events: 0,
  done: 0,
  onTime: 0,
  late: 0,
  onTimeOf: 0,
  onTimeRate: null,
  returns: 0,
  sendBacks: 0,
  backEntries: 0,
  supplements: 0,
  transfers: 0,
  escalations: 0,
  handled: 0,
  meanMinutes: null,
  medianMinutes: null,
  p90Minutes: null,
};
const department = 'natural-resources';

describe('workload', () => {
  test('of a department: what it has in hand, what it did, and how long things took', async () => {
    const { models } = await bench.load(twoProjects());
    const item: WorkloadItem = {
      ...nothing,
      department,
      post: null,
      person: null,
      open: 1,
      dueSoon: 0,
      overdue: 0,
      events: 6,
      done: 1,
      onTime: 1,
      onTimeOf: 1,
      onTimeRate: 1,
      returns: 1,
      handled: 6,
      // 40, 20, 1440, 1440 and then 30, 30 minutes.
      meanMinutes: 500,
      medianMinutes: 35,
      p90Minutes: 1440,
    };
    expect(await workload(models, { now: at('2026-04-02', '09:00') })).toEqual([item]);
    // Five working days from acceptance end with 8 April; the last of them is yellow.
    expect(await workload(models, { now: at('2026-04-08', '09:00') })).toEqual([{ ...item, dueSoon: 1 }]);
    expect(await workload(models, { now: at('2026-04-09', '09:00') })).toEqual([{ ...item, overdue: 1 }]);
  });

  test('of persons, in a span, in a region', async () => {
    const { models } = await bench.load(twoProjects());
    const now = at('2026-04-02', '09:00');
    const person = (name: string, given: Partial<WorkloadItem>): WorkloadItem => ({
      ...nothing,
      department,
      post: null,
      person: name,
      open: 0,
      dueSoon: 0,
      overdue: 0,
      ...given,
    });
    const span = { from: '2026-03-01', to: '2026-03-03' };
    expect(await workload(models, { by: 'person', span, region: '210521', now })).toEqual([
      person('demo-head', { events: 1, handled: 1, meanMinutes: 20, medianMinutes: 20, p90Minutes: 20 }),
      person('demo-reviewer', {
        events: 1,
        handled: 1,
        meanMinutes: 1440,
        medianMinutes: 1440,
        p90Minutes: 1440,
      }),
      person('demo-window', { events: 1, handled: 1, meanMinutes: 40, medianMinutes: 40, p90Minutes: 40 }),
    ]);
    expect(await workload(models, { by: 'post', region: '210502', department, now })).toEqual([
      {
        ...person('', {}),
        person: null,
        post: '审查岗',
        events: 1,
        returns: 1,
        handled: 1,
        meanMinutes: 30,
        medianMinutes: 30,
        p90Minutes: 30,
      },
      {
        ...person('', {}),
        person: null,
        post: '窗口',
        events: 1,
        handled: 1,
        meanMinutes: 30,
        medianMinutes: 30,
        p90Minutes: 30,
      },
    ]);
    expect(
      await workloadByDay(models, { department, span: { from: '2026-03-03', to: '2026-04-30' } }),
    ).toEqual([
      {
        ...nothing,
        day: '2026-03-03',
        events: 1,
        handled: 1,
        meanMinutes: 1440,
        medianMinutes: 1440,
        p90Minutes: 1440,
      },
      {
        ...nothing,
        day: '2026-03-04',
        events: 1,
        done: 1,
        onTime: 1,
        onTimeOf: 1,
        onTimeRate: 1,
        handled: 1,
        meanMinutes: 1440,
        medianMinutes: 1440,
        p90Minutes: 1440,
      },
      {
        ...nothing,
        day: '2026-04-01',
        events: 2,
        returns: 1,
        handled: 2,
        meanMinutes: 30,
        medianMinutes: 30,
        p90Minutes: 30,
      },
    ]);
    expect(await workload(models, { region: '310000', now })).toEqual([]);
  });

  test('a span is the sum of its days, and the regions of a province are the sum of their parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        histories,
        fc.constantFrom<WorkloadLevel>('department', 'post', 'person'),
        async (history, by) => {
          const { models } = await bench.load(history);
          const now = '2026-12-31T00:00:00.000Z';
          const all = await workload(models, { by, now });
          const span = { from: '2026-01-15', to: '2027-12-31' };
          expect(await workload(models, { by, now, span })).toEqual(all);
          const parts = await Promise.all(
            ['210521', '210502'].map((region) => workload(models, { by, now, region })),
          );
          const sumOf = (items: readonly WorkloadItem[]) =>
            (['events', 'open', 'overdue', 'done', 'handled'] as const).map((counter) =>
              items.reduce((sum, item) => sum + item[counter], 0),
            );
          expect(sumOf(parts.flat())).toEqual(sumOf(all));
          const one = 'natural-resources';
          expect(await workload(models, { by, now, department: one })).toEqual(
            all.filter((item) => item.department === one),
          );
          await bench.close();
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('overview', () => {
  test('of a region and of everything, and the lists behind its numbers', async () => {
    const { models } = await bench.load(twoProjects());
    const now = at('2026-04-08', '09:00');
    expect(await overview(models, { now })).toEqual({
      region: '000000',
      projects: 2,
      completed: 1,
      completedLate: 0,
      open: 1,
      onTimeOf: 1,
      onTimeRate: 1,
      keyProjects: 0,
      applications: { opened: 2, submitted: 2, running: 1, ended: 1, granted: 1, refused: 0, late: 0 },
      lamps: { green: 0, yellow: 1, red: 0 },
      calendarVersion: tables.calendar.version,
    });
    const { projects, lamps } = await overview(models, { region: '210521', now });
    expect({ projects, lamps }).toEqual({ projects: 1, lamps: { green: 0, yellow: 0, red: 0 } });

    const ids = async (query: Omit<Parameters<typeof listProjects>[1], 'limit' | 'shown'>) =>
      (await listProjects(models, { shown: (project) => project, ...query, limit: 10 })).items.map(
        ({ id }) => id,
      );
    expect(await ids({})).toEqual(['p2', 'p1']);
    expect(await ids({ region: '210500', status: 'completed' })).toEqual(['p1']);
    expect(await ids({ applicant: applicant.person, region: '210502' })).toEqual(['p2']);
    expect(await ids({ status: 'completed', late: true })).toEqual([]);
    expect(await ids({ key: true })).toEqual([]);
  });

  test('a key project is on the list of its regions', async () => {
    const history = new History();
    history.register('p1', { at: at('2026-03-02', '09:00'), matters: [LICENCE, RECEIPT] });
    const designated = { project: 'p1', leader: '县长', reason: '年度重点' };
    history.record(
      'project-p1',
      { type: 'KeyProjectDesignated', version: 1, data: designated },
      { occurredAt: at('2026-03-03', '09:00') },
    );
    const { models } = await bench.load(history);
    const { items } = await listProjects(models, {
      key: true,
      region: '210500',
      limit: 10,
      shown: (project) => project,
    });
    expect(items.map(({ id, keyProject }) => ({ id, keyProject }))).toEqual([
      { id: 'p1', keyProject: { leader: '县长', reason: '年度重点', since: at('2026-03-03', '09:00') } },
    ]);
    const { keyProjects, applications } = await overview(models, { now: at('2026-03-03', '09:00') });
    expect({ keyProjects, opened: applications.opened, submitted: applications.submitted }).toEqual({
      keyProjects: 1,
      opened: 2,
      submitted: 0,
    });
  });
});

describe('departments that were succeeded', () => {
  const department = 'natural-resources';
  const successors = new Map([[department, 'planning-and-resources']]);
  const now = at('2026-04-02', '10:00');

  test('count as their successor, which says whom it includes; each act counts once', async () => {
    const { models } = await bench.load(twoProjects());
    const own = await workload(models, { now });
    const rolled = await workload(models, { now, successors });
    expect(own.map((item) => item.department)).toContain(department);
    expect(rolled).toEqual(
      own
        .map((item) =>
          item.department === department
            ? { ...item, department: 'planning-and-resources', includes: [department] }
            : item,
        )
        .sort((a, b) => ((a.department ?? '') < (b.department ?? '') ? -1 : 1)),
    );
    // Asked by the old name or the new one.
    for (const one of [department, 'planning-and-resources']) {
      expect(await workload(models, { now, successors, department: one })).toEqual(
        rolled.filter((item) => item.department === 'planning-and-resources'),
      );
    }
  });

  test('have their days counted under the successor too', async () => {
    const { models } = await bench.load(twoProjects());
    const span = { from: '2026-03-01', to: '2026-04-30' };
    const days = await workloadByDay(models, { department, span });
    expect(days.length).toBeGreaterThan(1);
    expect(await workloadByDay(models, { department: 'planning-and-resources', span, successors })).toEqual(
      days,
    );
    expect(await workloadByDay(models, { department: 'planning-and-resources', span })).toEqual([]);
  });
});
