import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { playDemoCounty, type SimulationReport } from '#libs/shell/simulation';
import { type Body, TestServer } from '../e2e/server.js';
import { SAMPLE_FACTS } from '../e2e/import-places.js';
import { HandClock } from '../support/hand-clock.js';
import { ServerProcess } from '../support/server-process.js';

describe('the county of a first start', () => {
  const clock = new HandClock();
  let server: TestServer;
  let first: SimulationReport | null;
  const play = () => {
    const bus = server.app.get(CommandBus);
    return playDemoCounty(
      {
        execute: (command: HttpCommand) => bus.execute<Receipt>(command),
        calendar: server.system.calendar,
        eventStore: server.system.eventStore,
        logger: server.system.log,
        now: new Date(clock.now()).toISOString(),
      },
      { projects: 60 },
    );
  };
  const countyEvents = async () => {
    const times: string[] = [];
    for await (const { metadata } of server.system.eventStore.readAll(null))
      if (metadata.correlationId === 'simulation/521') times.push(metadata.recordedAt);
    return times;
  };
  beforeAll(async () => {
    server = await TestServer.start({ clock });
    first = await play();
    await server.caughtUp();
  });
  afterAll(() => server.remove());

  test('is played up to the beginning of the day and not further, and is under way', async () => {
    const times = await countyEvents();
    // 24 November begins in China at four in the afternoon of the 23rd in UTC.
    expect(times.filter((at) => at >= '2026-11-23T16:00:00.000Z')).toEqual([]);
    expect(times.filter((at) => at >= '2026-11-19T16:00:00.000Z').length).toBeGreaterThan(0);
    const { body } = await server.get('/reports/overview?region=210521', 'demo-leader');
    expect([body.projects, body.keyProjects, body.applications.submitted]).toEqual([
      60,
      21,
      first?.applications,
    ]);
    expect(body.lamps.green).toBeGreaterThan(0);
  });

  test('has the 12 planted standstills among its key projects, and no others', async () => {
    const { body } = await server.get('/reports/stalled?key=true&limit=100', 'demo-supervisor');
    const found = body.items.map(({ project, cause, holder }: Body) => ({ project, cause, holder }));
    expect(found.sort((a: Body, b: Body) => (a.project < b.project ? -1 : 1))).toEqual(first?.truth.stalled);
    expect(first?.truth.stalled).toHaveLength(12);
  });

  test('has the demo accounts among its people', async () => {
    const persons = new Set<string>();
    for await (const { metadata } of server.system.eventStore.readAll(null))
      if (metadata.correlationId === 'simulation/521') persons.add(metadata.actor.person);
    expect([...persons].filter((person) => person.startsWith('demo-')).sort()).toEqual([
      'demo-applicant',
      'demo-campaign',
      'demo-head',
      'demo-reviewer',
      'demo-window',
    ]);
    const own = await server.get('/projects', 'demo-applicant');
    expect(own.body.items.length).toBeGreaterThan(0);
    const work = await server.get('/worklist?department=natural-resources', 'demo-head');
    expect(work.body.items.length).toBeGreaterThan(0);
  });

  test('a second start on the same day adds nothing, and one on a later day what happened since', async () => {
    const before = await countyEvents();
    const end = await server.system.eventStore.lastPosition();
    expect(await play()).toBeNull();
    expect(await server.system.eventStore.lastPosition()).toBe(end);
    clock.to('2026-12-03T02:00:00.000Z');
    const later = await play();
    expect(later?.replayed).toBe(first?.commands);
    const after = await countyEvents();
    expect(after.slice(0, before.length)).toEqual(before);
    const added = after.slice(before.length);
    expect(added.length).toBeGreaterThan(0);
    expect(added.filter((at) => at < '2026-11-23T16:00:00.000Z' || at >= '2026-12-02T16:00:00.000Z')).toEqual(
      [],
    );
  });
});

test('npm start without settings loads the county and, in a region of its own, the sample log', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-demo-'));
  const server = await ServerProcess.start(directory, { SEED: 'demo' });
  await server.stop();
  const again = await TestServer.start({ directory, env: { SEED: 'none' } });
  const sample = await again.get('/reports/overview?region=NL', 'demo-leader');
  const { projects, completed, completedLate, open } = sample.body;
  expect({ projects, completed, completedLate, open }).toEqual({
    projects: SAMPLE_FACTS.projects,
    completed: SAMPLE_FACTS.completed,
    completedLate: SAMPLE_FACTS.completedLate,
    open: 105,
  });
  const work = await again.get('/reports/workload?region=NL', 'demo-leader');
  expect(
    Object.fromEntries(work.body.items.map(({ department, events }: Body) => [department, events])),
  ).toEqual(SAMPLE_FACTS.departments);
  const county = await again.get('/reports/overview?region=210521', 'demo-leader');
  expect([county.body.projects, county.body.keyProjects]).toEqual([90, 21]);
  await again.remove();
  rmSync(directory, { recursive: true, force: true });
});
