import 'reflect-metadata';
import { expect, test } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import { applicationsUnder, type WorkloadDocument, workloadTally } from '#libs/county/approval';
import { WorkingCalendar } from '#libs/law/calendar';
import { stalls } from '#libs/reports';
import { foldAll } from '#libs/reports/testing';
import { seed } from '#libs/shell/seeding';
import { openPlace, type Place } from './import-places.js';

const mapping = (columns: string) => `log: h
columns: { case: case, activity: act, time: time, person: who, ${columns} }
project: { template: receipt, matter: RC-01, region: '210521', prefix: h- }
`;

async function imported(csv: string, columns: string): Promise<Place> {
  const place = await openPlace();
  const { badRows } = await place.importText(csv, mapping(columns));
  expect(badRows).toBe(0);
  return place;
}

async function folded(place: Place) {
  const events = (await place.events()).filter(({ stream }) => /^(project|application)-/.test(stream));
  return {
    applications: foldAll(applicationsUnder(place.app.get(WorkingCalendar)), events),
    stalls: foldAll(stalls, events),
  };
}

/** Lines of all time below the region, by level and name, with what is counted in them. */
async function workOf(place: Place) {
  const { applications } = await folded(place);
  return [...(applications.get(workloadTally.model)?.values() ?? [])]
    .map((line) => line as WorkloadDocument)
    .filter(({ period }) => period === 'all')
    .map(({ level, department, person, counts }) => {
      const { events = 0, done = 0, late = 0, open = 0 } = counts;
      return { level, department, person, events, done, late, open };
    })
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

test('F8 a log without departments has a line for department null, and one for each person', async () => {
  const place = await imported(
    'case,act,time,who,end\n' +
      'C1,a,2024-03-05 09:00,P1,2024-03-07 09:00\nC1,b,2024-03-06 09:00,P2,2024-03-07 09:00\nC2,a,2024-03-05 09:00,P1,\n',
    'end: end',
  );
  const nobody = { department: null, late: 0 };
  expect(await workOf(place)).toEqual([
    { level: 'department', ...nobody, person: null, events: 3, done: 1, open: 1 },
    { level: 'person', ...nobody, person: 'P1', events: 2, done: 0, open: 1 },
    { level: 'person', ...nobody, person: 'P2', events: 1, done: 1, open: 0 },
  ]);
});

test('F8 the time before a closure is that of the department of the last row', async () => {
  const place = await imported(
    'case,act,time,who,dept,end,resp\nC1,a,2024-03-05 09:00,P1,D1,2024-03-07 09:00,Z\n',
    'department: dept, end: end, responsible: resp',
  );
  const closed = (await place.events('application-h-C1-RC-01')).find(
    ({ type }) => type === 'ApplicationClosed',
  );
  expect(closed?.data).toMatchObject({
    custody: {
      ended: {
        by: { party: 'department', department: 'D1', post: null, person: 'Z' },
        from: '2024-03-05T01:00:00.000Z',
        to: '2024-03-07T01:00:00.000Z',
      },
      holder: null,
    },
  });
});

test('F5 an open case of an imported log waits for nobody’s finding; once people act on it, it does', async () => {
  const place = await imported('case,act,time,who,dept\nC1,a,2024-03-05 09:00,P1,D1\n', 'department: dept');
  const unflagged = async () => {
    const { stalls: documents } = await folded(place);
    return [...(documents.get(stalls.model)?.values() ?? [])].map(
      (one) => 'unflagged' in one && one.unflagged,
    );
  };
  expect(await unflagged()).toEqual([null]);
  const stream = 'application-h-C1-RC-01';
  const [step] = (await place.events(stream)).filter(({ type }) => type === 'StepRecorded');
  if (!step) throw new Error('no step');
  await place.system.eventStore.append(stream, step.revision, [
    {
      id: '11111111-1111-5111-8111-111111111111',
      type: step.type,
      version: 1,
      data: {
        ...(step.data as object),
        custody: {
          ended: {
            by: { party: 'department', department: 'D1', post: null, person: 'P1' },
            from: '2024-03-05T01:00:00.000Z',
            to: '2024-03-08T01:00:00.000Z',
          },
          holder: { party: 'department', department: 'D1', post: null, person: 'P1' },
        },
      },
      metadata: { ...step.metadata, occurredAt: '2024-03-08T01:00:00.000Z', correlationId: 'a-request' },
    },
  ]);
  expect(await unflagged()).toEqual(['2024-03-08T01:00:00.000Z']);
});

test('F19 a log that holds projects of another origin is not seeded with the sample', async () => {
  const place = await imported('case,act,time,who\nC1,a,2024-03-05 09:00,P1\n', '');
  const { eventStore, log: logger, clock } = place.system;
  const seeded = await seed(
    { commands: place.app.get(CommandBus), eventStore, logger, clock },
    { mode: 'sample', print: () => undefined },
  );
  expect(seeded.imported).toBeNull();
  const projects = (await place.events()).filter(({ type }) => type === 'ProjectRegistered');
  expect(projects.map(({ stream }) => stream)).toEqual(['project-h-C1']);
});

test('F9 where the mapping says so the last row of a case is its end', async () => {
  const place = await openPlace();
  const csv = 'case,act,time,who\nC1,a,2024-03-05 09:00,P1\nC1,b,2024-03-06 09:00,P2\n';
  expect(await place.importText(csv, `${mapping('')}lastRowIsEnd: true\n`)).toMatchObject({
    commands: 5,
    badRows: 0,
  });
  const closed = (await place.events('application-h-C1-RC-01')).at(-1);
  expect([closed?.type, closed?.metadata.occurredAt, closed?.metadata.actor.person]).toEqual([
    'ApplicationClosed',
    '2024-03-06T01:00:00.000Z',
    'P2',
  ]);
});
