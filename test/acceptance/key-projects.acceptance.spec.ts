import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CommandBus } from '@nestjs/cqrs';
import { dayOf, workingDaysBetween } from '#libs/law/calendar';
import { type Receipt } from '#libs/engine/event-sourcing';
import { type HttpCommand } from '#libs/shell/nest';
import { simulateCounty, type StalledTruth } from '#libs/shell/simulation';
import { type Body, TestServer } from '../e2e/server.js';
import { opsWith } from '../support/ops.js';

const found = (items: readonly Body[]): StalledTruth[] =>
  items
    .map(({ project, cause, holder }) => ({ project, cause, holder }))
    .sort((a, b) => (a.project < b.project ? -1 : 1));

describe('a county as `ops simulate` leaves it', () => {
  let server: TestServer;
  let truth: { keyProjects: string[]; stalled: StalledTruth[] };
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'zhitong-county-'));
    const file = join(directory, 'truth.json');
    await opsWith({ DATA_DIR: directory }, 'simulate', '--truth', file);
    truth = JSON.parse(readFileSync(file, 'utf8'));
    server = await TestServer.start({ directory });
  });
  afterAll(() => server.remove());

  test('1.9 the stall list contains the 12 planted projects with their causes and holders, and no others', async () => {
    const answer = await server.get('/reports/stalled', 'demo-supervisor');
    expect(answer.status).toBe(200);
    expect(found(answer.body.items)).toEqual(truth.stalled);
    expect(new Set(truth.stalled.map(({ cause }) => cause)).size).toBe(12);
    expect(answer.body.nextCursor).toBeNull();
    expect(answer.body.asOf).toEqual({
      position: `${await server.system.eventStore.lastPosition()}`,
      recordedAt: expect.any(String),
      lagMs: 0,
    });
    for (const item of answer.body.items) {
      const evidence: Body[] = item.evidence;
      expect(evidence.at(-1)?.occurredAt).toBe(item.since);
      for (const { event, position, type, occurredAt } of evidence) {
        const stored = await server.system.eventStore.readAt(BigInt(position));
        expect(stored && [stored.id, stored.type, stored.metadata.occurredAt, stored.stream]).toEqual([
          event,
          type,
          occurredAt,
          `application-${item.application}`,
        ]);
      }
    }
  });

  test('0.2 the board has all 21 key projects, each running case with stage, holder, days used and lamp, and its events', async () => {
    const board = await server.get('/reports/key-projects?limit=100', 'demo-campaign');
    const items: Body[] = board.body.items;
    expect(items.map(({ project }) => project).sort()).toEqual(truth.keyProjects);
    expect((await server.get('/reports/overview', 'demo-campaign')).body.keyProjects).toBe(21);
    for (const { project, holder } of truth.stalled) {
      const item = items.find((one) => one.project === project);
      expect([item.leader, item.status]).toEqual([expect.stringMatching(/^deputy-head-\d$/), 'open']);
      const cases: Body[] = item.cases;
      const stalled = cases.find((one) => JSON.stringify(one.holder) === JSON.stringify(holder));
      const application = await server.get(`/applications/${stalled.application}`, 'demo-campaign');
      const { matter, matterName, stage, heldSince, lamp, due } = application.body;
      const { acceptedAt, submittedAt, endedAt, suspensions, supplementPeriod } = application.body;
      const end: string = endedAt ?? new Date().toISOString();
      const days = (from: string, to: string) =>
        workingDaysBetween(server.system.calendar, dayOf(from), dayOf(to));
      // Before acceptance what the applicant took to complete the materials is not used either.
      const pauses =
        acceptedAt === null && supplementPeriod ? [supplementPeriod, ...suspensions] : suspensions;
      const excluded = pauses.reduce((sum: number, { from, to }: Body) => sum + days(from, to ?? end), 0);
      expect(stalled).toEqual({
        application: application.body.id,
        matter,
        matterName,
        projectStage: expect.any(String),
        stage,
        holder,
        heldSince,
        daysUsed: days(acceptedAt ?? submittedAt, end) - excluded,
        lamp,
        dueAt: due.promised ?? due.statutory,
        source: `/api/v1/applications/${stalled.application}/timeline`,
      });
      const events = await server.get(stalled.source.replace('/api/v1', ''), 'demo-campaign');
      const moved: Body[] = events.body.items.filter((item: Body) => item.holderAfter !== null);
      const { departmentName, departmentNameEn, displayName, ...after } = moved.at(-1)?.holderAfter ?? {};
      expect([events.status, after]).toEqual([200, holder]);
      const isNamed = holder.department !== null;
      expect([typeof departmentName === 'string', typeof departmentNameEn === 'string']).toEqual([
        isNamed,
        isNamed,
      ]);
      expect(displayName).toBeNull();
    }
  });

  test('1.9 the same list by pages, of key projects and of one region, is the same list', async () => {
    const pages: Body[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await server.get(
        `/reports/stalled?limit=5&key=true${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
        'demo-leader',
      );
      pages.push(...page.body.items);
      cursor = page.body.nextCursor;
    }
    expect(found(pages)).toEqual(truth.stalled);
    const since = pages.map((item) => item.since);
    expect(since).toEqual([...since].sort());
    const county = await server.get('/reports/stalled?region=210521', 'demo-leader');
    expect(found(county.body.items)).toEqual(truth.stalled);
    const elsewhere = await server.get('/reports/stalled?region=210502', 'demo-leader');
    expect(elsewhere.body.items).toEqual([]);
  });

  test('0.1 the totals of a campaign are those of the list of its projects', async () => {
    const totals = await server.get('/reports/campaigns', 'demo-campaign');
    for (const { campaign, projects, open = 0, completed = 0, applications, granted = 0 } of totals.body
      .items) {
      const list = await server.get(`/projects?campaign=${campaign}&limit=1000`, 'demo-campaign');
      const items: Body[] = list.body.items;
      expect(items.length).toBeGreaterThan(0);
      expect({ projects, open, completed, applications, granted }).toEqual({
        projects: items.length,
        open: items.filter(({ status }) => status === 'open').length,
        completed: items.filter(({ status }) => status === 'completed').length,
        applications: items.reduce((sum, item) => sum + item.applications.length, 0),
        granted: items.flatMap((item) => item.applications).filter(({ outcome }) => outcome === 'granted')
          .length,
      });
    }
    const retagged = totals.body.items[0].campaign;
    const before = await server.get(`/projects?campaign=${retagged}&limit=1`, 'demo-campaign');
    const { id } = before.body.items[0];
    const tagged = await server.post(`/projects/${id}/campaigns`, 'demo-campaign', { campaigns: [] });
    const after = await server.get(`/reports/campaigns?after=${tagged.body.position}`, 'demo-campaign');
    expect(after.body.items[0].projects).toBe(totals.body.items[0].projects - 1);
    const wrong = await server.post(`/projects/${id}/campaigns`, 'demo-campaign', { campaigns: ['fifth'] });
    expect([wrong.status, wrong.body.errors.map(({ field }: Body) => field)]).toEqual([400, ['campaigns']]);
  });

  test('1.9 the list is for overseers, and a bad query is refused with the reason', async () => {
    expect((await server.get('/reports/stalled', 'demo-head')).status).toBe(403);
    const bad = await server.get('/reports/stalled?region=21&key=perhaps', 'demo-leader');
    expect([bad.status, bad.body.errors.map(({ field }: Body) => field)]).toEqual([400, ['key', 'region']]);
  });
});

test('1.9 whatever the seed, what was planted is found, and nothing else', async () => {
  const server = await TestServer.start();
  const bus = server.app.get(CommandBus);
  const planted: StalledTruth[] = [];
  for (const seed of [2, 3, 5, 8, 13, 21]) {
    const { truth } = await simulateCounty(
      {
        execute: (command: HttpCommand) => bus.execute<Receipt>(command),
        calendar: server.system.calendar,
      },
      { projects: 30, seed },
    );
    planted.push(...truth.stalled);
  }
  await server.caughtUp();
  const answer = await server.get('/reports/stalled?limit=1000', 'demo-supervisor');
  expect(found(answer.body.items)).toEqual(planted.sort((a, b) => (a.project < b.project ? -1 : 1)));
  expect(planted).toHaveLength(72);
  await server.remove();
});
