import 'reflect-metadata';
import { describe, expect, test } from '@jest/globals';
import {
  type ApplicationDocument,
  type ApplicationEvent,
  applicationsUnder,
  type DeadlineDocument,
  handlingCounters,
  isSignal,
  lampsAt,
  skippedSteps,
  type SkippedStepsDocument,
  type WorkloadDocument,
} from '#libs/county/approval';
import { dayOf, endOfDay, lampAt } from '#libs/law/calendar';
import { type StoredEvent } from '#libs/engine/event-sourcing';
import fc from 'fast-check';
import { type OverviewDocument } from './overview.tally.js';
import { projects } from './project.projection.js';
import { type ProjectDocument } from './project.document.js';
import { documentsOf, foldAll } from '../testing/fold.js';
import { histories } from '../testing/random-history.js';
import { tables } from '../testing/tables.js';

type Counts = { [counter: string]: number };

const plus = (counts: Counts, counter: string, by = 1) => {
  counts[counter] = (counts[counter] ?? 0) + by;
};

const APPLICATION = 'application-';
const applications = applicationsUnder(tables.calendar);
const dataOf = (event: StoredEvent) => event.data as ApplicationEvent['data'];

describe('tallies equal a recount of documents and events', () => {
  test('deviations of every region, and the steps that were left out', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 40 }), ({ events }, batchSize) => {
        const recounted = new Map<string, Counts>();
        const count = (regions: readonly string[], ...counters: readonly string[]) => {
          for (const region of regions) {
            const counts = recounted.get(region) ?? {};
            recounted.set(region, counts);
            for (const counter of counters) plus(counts, counter);
          }
        };
        const taken = () => {
          const documents = [...recounted].map(([region, counts]) => ({ id: region, region, counts }));
          recounted.clear();
          return documents.sort((a, b) => (a.id < b.id ? -1 : 1));
        };
        const folded = foldAll(projects, events, batchSize);
        for (const { regions, deviations } of documentsOf<ProjectDocument>(folded, 'projects')) {
          if (deviations.length > 0) count(regions, 'projects');
          for (const { code, department } of deviations) count(regions, code, `${code}|${department ?? ''}`);
        }
        expect(documentsOf(folded, 'conformance')).toEqual(taken());
        const cases = foldAll(applications, events, batchSize);
        for (const document of documentsOf<ApplicationDocument>(cases, 'applications')) {
          const { matter, matterVersion } = document;
          for (const step of skippedSteps(document))
            count(document.regions, `${matter}|${matterVersion}|${step}`);
        }
        const tallied = documentsOf<SkippedStepsDocument>(cases, 'skipped-steps');
        // A step that was made up for leaves a document without counters.
        expect(tallied.filter(({ counts }) => Object.keys(counts).length > 0)).toEqual(taken());
      }),
    );
  });

  test('overview of every region', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 40 }), ({ events }, batchSize) => {
        const folded = foldAll(projects, events, batchSize);
        const documents = documentsOf<ProjectDocument>(folded, 'projects');
        const regions = [...new Set(documents.flatMap((project) => project.regions))].sort();
        const recount = regions.map((region): OverviewDocument => {
          const counts: Counts = {};
          for (const project of documents.filter((one) => one.regions.includes(region))) {
            plus(counts, 'projects');
            plus(counts, project.status);
            const hasTerm = project.applications.some(({ late }) => late !== null);
            if (project.status === 'completed' && hasTerm) plus(counts, 'completedWithTerm');
            if (project.status === 'completed' && project.late) plus(counts, 'completedLate');
            for (const application of project.applications) {
              plus(counts, 'applications');
              if (application.status !== 'not-submitted') plus(counts, 'submitted');
              if (application.status === 'ended') plus(counts, 'ended');
              if (application.outcome === 'granted') plus(counts, 'granted');
              if (application.outcome === 'refused') plus(counts, 'refused');
              if (application.late === true) plus(counts, 'lateApplications');
            }
          }
          return { id: region, region, counts };
        });
        expect(documentsOf(folded, 'overview')).toEqual(recount);
      }),
    );
  });

  test('deadlines and lamps of every region, to the day', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 40 }), fc.nat(60), ({ events }, batchSize, later) => {
        const folded = foldAll(applications, events, batchSize);
        const documents = documentsOf<ApplicationDocument>(folded, 'applications');
        const end = Date.parse(events.at(-1)?.metadata.occurredAt ?? '');
        // The last moment of a legal day: lamps are counted by day.
        const day = dayOf(new Date(end + later * 86_400_000).toISOString());
        const now = `${day}T15:59:59.999Z`;
        for (const region of ['000000', '210500', '210521', '210521100201']) {
          const recount = { green: 0, yellow: 0, red: 0 };
          for (const { open, regions, due } of documents) {
            if (!open || !regions.includes(region)) continue;
            // A term promised to the millisecond counts to the end of its legal day.
            const promised = due.promised && endOfDay(lastDay(due.promised));
            recount[lampAt({ ...due, promised }, now)]++;
          }
          const deadlines = documentsOf<DeadlineDocument>(folded, 'deadlines').find(
            ({ id }) => id === region,
          );
          expect(lampsAt(deadlines?.counts ?? {}, now)).toEqual(recount);
        }
      }),
    );
  });

  test('workload of departments, posts and persons, of all time and by month and day', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 40 }), ({ events }, batchSize) => {
        const folded = foldAll(applications, events, batchSize);
        const cases = documentsOf<ApplicationDocument>(folded, 'applications');
        const regionOf = new Map(cases.map(({ id, region }) => [id, region]));
        const lines = documentsOf<WorkloadDocument>(folded, 'workload');
        const counted = Object.fromEntries(
          lines.map(({ level, region, department, post, person, period, counts }) => [
            JSON.stringify([level, region, department, post, person, period]),
            counts,
          ]),
        );
        expect(withoutEmpty(counted)).toEqual(recountWorkload(events, cases, regionOf));
      }),
    );
  });
});

function lastDay(due: string): string {
  return dayOf(new Date(Date.parse(due) - 1).toISOString());
}

function withoutEmpty(lines: { [line: string]: Counts }): { [line: string]: Counts } {
  return Object.fromEntries(Object.entries(lines).filter(([, counts]) => Object.keys(counts).length > 0));
}

type Desk = { department: string | null; post: string | null; person: string | null };

/** Counts the workload anew: flows from the events alone, stock from the documents as they stand. */
function recountWorkload(
  events: readonly StoredEvent[],
  cases: readonly ApplicationDocument[],
  regionOf: ReadonlyMap<string, string>,
): { [line: string]: Counts } {
  const lines: { [line: string]: Counts } = {};
  const count = (
    region: string,
    { department, post, person }: Desk,
    periods: string[],
    counter: string,
    by = 1,
  ) => {
    if (department === null) return;
    const keys: (string | null)[][] = [['department', region, department, null, null]];
    if (post !== null) keys.push(['post', region, department, post, null]);
    if (person !== null) keys.push(['person', region, department, null, person]);
    for (const key of keys) {
      for (const period of periods) {
        const [month = '', day] = period.split('@');
        plus(
          (lines[JSON.stringify([...key, month])] ??= {}),
          day === undefined ? counter : `${counter}@${day}`,
          by,
        );
      }
    }
  };
  const holders = new Map<string, Desk>();
  const departments = new Map<string, string | null>();
  const desk = (application: string): Desk => {
    const holder = holders.get(application);
    return holder?.department
      ? holder
      : { department: departments.get(application) ?? null, post: null, person: null };
  };
  // A signal does not count as work of a person.
  for (const event of events.filter((one) => one.stream.startsWith(APPLICATION) && !isSignal(one))) {
    const data = dataOf(event);
    const { application } = data;
    const region = regionOf.get(application) ?? '';
    const { actor, occurredAt } = event.metadata;
    const day = dayOf(occurredAt);
    const periods = ['all', `${day.slice(0, 7)}@${day.slice(8)}`];
    count(region, actor, periods, 'events');
    const act = {
      ApplicationReturned: 'returns',
      ApplicationSentBack: 'sendBacks',
      BackEntryRecorded: 'backEntries',
      SupplementRequested: 'supplements',
      ApplicationTransferred: 'transfers',
    }[event.type];
    if (act) count(region, actor, periods, act);
    if (event.type === 'ApplicationEscalated') count(region, desk(application), periods, 'escalations');
    if ('custody' in data && data.custody.ended?.by.department) {
      const { by, from, to } = data.custody.ended;
      for (const [counter, added] of handlingCounters(from, to)) count(region, by, periods, counter, added);
    }
    if ('clock' in data || event.type === 'AcceptanceRefused') {
      count(region, desk(application), periods, 'done');
      const late = 'clock' in data ? data.clock.latePromised : null;
      if (late !== null) count(region, desk(application), periods, late ? 'late' : 'onTime');
    }
    if ('terms' in data) departments.set(application, data.department);
    if ('to' in data && departments.get(application) !== null)
      departments.set(application, data.to.department);
    if ('custody' in data) {
      const { holder } = data.custody;
      holders.set(application, holder ?? { department: null, post: null, person: null });
    }
  }
  for (const { id, region, open, due } of cases) {
    if (!open) continue;
    count(region, desk(id), ['all'], 'open');
    const end = due.promised ?? due.statutory;
    if (end === null) continue;
    const last = lastDay(end);
    const yellow = due.yellow === null ? last : dayOf(due.yellow);
    count(region, desk(id), ['all'], `due:${last}`);
    count(region, desk(id), ['all'], `yellow:${yellow < last ? yellow : last}`);
  }
  return lines;
}
