/**
 * Every report against a bare LMDB get of one document. Reports and gets take turns in one run, so that whatever else
 * the machine does falls on both; only the ratio of their 99th percentiles means anything.
 */
import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { open } from 'lmdb';
import { ApprovalController } from '#libs/county/approval/http';
import { VersionsController } from '../../dist/libs/law/catalogue/http/versions.controller.js';
import { AccountabilityController } from '../../dist/libs/reports/http/accountability.controller.js';
import { AuditController } from '../../dist/libs/reports/http/audit.controller.js';
import { ClockController } from '../../dist/libs/reports/http/clock.controller.js';
import { ProjectsController } from '../../dist/libs/reports/http/projects.controller.js';
import { BoardsController } from '../../dist/libs/reports/http/boards.controller.js';
import { StandstillController } from '../../dist/libs/reports/http/standstill.controller.js';
import { WorkloadController } from '../../dist/libs/reports/http/workload.controller.js';
import { NoticesController } from '../../dist/libs/county/supervision/http/notices.controller.js';
import { openCounty } from './county.mjs';
import { timed } from './on-processor.mjs';
import { ops } from './processes.mjs';

/** The number of bare gets that a report may take. */
const GETS = 50;
/** Different projects and cases that are asked about in turn, from all over the county. */
const ASKED_ABOUT = 500;

const person = (role, name, department = null) => ({ person: name, post: null, department, role });
const leader = person('leader', 'bench-leader');

/**
 * Every route of a report, by the name of its figure: its nth query. The subject of the query changes from time to time, as it
 * does with people.
 */
function reportsOf({ get }, { projects, applications, departments, persons, months }) {
  const [boards, work, cases] = [get(BoardsController), get(WorkloadController), get(ApprovalController)];
  const [custody, standstill] = [get(AccountabilityController), get(StandstillController)];
  const [audit, clock, places] = [get(AuditController), get(ClockController), get(ProjectsController)];
  const [versions, notices] = [get(VersionsController), get(NoticesController)];
  const of = (list, n) => list[n % list.length];
  const month = (n) => of(months, n);
  const day = (n) => `${1 + (n % 28)}`.padStart(2, '0');
  return {
    overview: () => boards.overview({}),
    'overview of a township': () => boards.overview({ region: '210521100000' }),
    'workload by department': () => work.workload({}),
    'workload by post': () => work.workload({ by: 'post' }),
    'workload by person': () => work.workload({ by: 'person' }),
    'workload of a department': (n) => work.workload({ by: 'person', department: of(departments, n) }),
    'workload of a month': (n) => work.workload({ from: `${month(n)}-01`, to: `${month(n)}-28` }),
    'workload of a year': () => work.workload({ from: '2024-03-05', to: '2025-03-04' }),
    'workload of a year by person': () =>
      work.workload({ by: 'person', from: '2024-03-05', to: '2025-03-04' }),
    'workload by day': (n) =>
      work.workload({
        by: 'day',
        department: of(departments, n),
        from: `${month(n)}-01`,
        to: `${month(n)}-28`,
      }),
    accountability: (n) => custody.accountability({ project: of(projects, n) }),
    stalled: () => standstill.stalled({}),
    'stalled key projects': () => standstill.stalled({ key: 'true' }),
    'key projects': () => boards.keyProjects({}),
    signals: () => standstill.signals({}),
    'signals of a department': (n) => standstill.signals({ department: of(departments, n) }),
    campaigns: () => boards.campaigns(),
    projects: () => places.list({}, leader),
    'late projects': () => places.list({ late: 'true', status: 'completed' }, leader),
    project: (n) => places.project(of(projects, n), leader, { header: () => undefined }),
    'timeline of a project': (n) => places.projectTimeline(of(projects, n), {}, leader),
    'timeline of an application': (n) => places.applicationTimeline(of(applications, n), {}, leader),
    'clock of an application': (n) => clock.explain(of(applications, n), {}, leader),
    'worklist of the county': () => cases.worklist({}, leader),
    'worklist of a department': (n) =>
      cases.worklist({}, person('reviewer', 'bench-reviewer', of(departments, n))),
    'worklist of a person': (n) => cases.worklist({ person: of(persons, n) }, leader),
    'red worklist': () => cases.worklist({ lamp: 'red' }, leader),
    'yellow worklist': () => cases.worklist({ lamp: 'yellow' }, leader),
    'ended cases': () => cases.worklist({ open: 'false' }, leader),
    notices: () => notices.notices({}, person('supervisor', 'bench-supervisor')),
    audit: () => audit.trail({}),
    'audit of a day': (n) => audit.trail({ from: `${month(n)}-${day(n)}`, to: `${month(n)}-${day(n)}` }),
    'audit of an actor': (n) => audit.trail({ actor: of(persons, n) }),
    'audit of a type': () => audit.trail({ type: 'ApplicationReturned' }),
    'audit of an actor and a type': (n) =>
      audit.trail({ actor: of(persons, n), type: 'ApplicationReturned' }),
    'audit of a stream': (n) => audit.trail({ stream: `application-${of(applications, n)}` }),
    compression: () => versions.compression(),
  };
}

/** What the reports are asked about, spread over the whole county. */
async function subjectsOf({ system: { models } }, count) {
  const projects = await sample(models, 'projects', 'region', { regions: '000000' }, count);
  const lines = await everything(models, 'workload', 'period', { level: 'person', period: 'all' });
  return {
    projects: projects.map(({ id }) => id),
    applications: projects.flatMap(({ applications }) =>
      applications
        .filter(({ status }) => status !== 'not-submitted')
        .slice(0, 1)
        .map(({ application }) => application),
    ),
    departments: [...new Set(lines.map(({ department }) => department))],
    persons: [...new Set(lines.map((line) => line.person))],
    months: ['2024-03', '2024-06', '2024-09', '2024-12', '2025-03'],
  };
}

async function everything(models, model, index, equals) {
  const found = [];
  let cursor = null;
  do {
    const page = await models.find({ model }, { index, equals, limit: 1000, cursor });
    found.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return found;
}

async function sample(models, model, index, equals, count) {
  const all = await everything(models, model, index, equals);
  const step = Math.max(1, Math.floor(all.length / count));
  return all.filter((_, place) => place % step === 0).slice(0, count);
}

/** A bare get: the document's bytes by their key, and their JSON parsed. Of the same documents, by a handle of its own. */
function bareGets(directory, count) {
  const root = open({ path: join(directory, 'read-models'), maxDbs: 8, readOnly: true, encoding: 'binary' });
  const documents = root.openDB({ name: 'sealed-documents', encoding: 'binary', keyEncoding: 'binary' });
  const prefix = prefixOf(root, 'applications');
  const keys = [];
  for (const key of documents.getKeys({ start: prefix, end: Buffer.concat([prefix, Buffer.from([0xff])]) }))
    keys.push(Buffer.from(key));
  const step = Math.max(1, Math.floor(keys.length / count));
  const chosen = keys.filter((_, place) => place % step === 0);
  return {
    get(n) {
      const record = documents.get(chosen[n % chosen.length]);
      return JSON.parse(record.toString('utf8', record.lastIndexOf('\n') + 1)).id;
    },
    close: () => root.close(),
  };
}

/** What the keys of a model's documents begin with. */
function prefixOf(root, model) {
  const meta = root.openDB({ name: 'sealed-notes', encoding: 'string' });
  const [name] = [...meta.getKeys({ start: `model:${model}`, end: `model:${model}~` })].sort().reverse();
  const prefix = Buffer.alloc(4);
  const note = meta.get(name);
  prefix.writeUInt32BE(JSON.parse(note.slice(note.indexOf('{'))).number);
  return prefix;
}

const quantile = (times, share) => {
  const sorted = Float64Array.from(times).sort();
  return sorted[Math.ceil(sorted.length * share) - 1];
};

/**
 * Fifty times the 99th percentile of bare gets by that of each report: 1 and more keeps the goal. There is one figure for all
 * gets of a county, between any reports: a single pause of the garbage collector among the gets of one report would otherwise
 * make that report look good.
 * @returns {Promise<{ bare: Figures, reports: Record<string, Figures & { ratio: number }> }>} Figures: p50, p99, and p99 on the
 * wall, in milliseconds
 */
export async function reportRatios(directory, { samples = 2_000, warmUp = 300, only = /./ } = {}) {
  const county = await openCounty(directory);
  const bare = bareGets(directory, ASKED_ABOUT);
  const subjects = await subjectsOf(county, ASKED_ABOUT);
  const gets = [];
  const times = {};
  for (const [name, ask] of Object.entries(reportsOf(county, subjects))) {
    if (!only.test(name)) continue;
    times[name] = [];
    globalThis.gc?.();
    for (let n = 0; n < warmUp + samples; n++) {
      const get = await timed(() => bare.get(n));
      const report = await timed(() => ask(n));
      if (n < warmUp) continue;
      gets.push(get);
      times[name].push(report);
    }
  }
  bare.close();
  await county.close();
  const one = figuresOf(gets);
  const reports = Object.entries(times).map(([name, list]) => {
    const figures = figuresOf(list);
    return [name, { ratio: (GETS * one.p99) / figures.p99, ...figures }];
  });
  return { bare: one, reports: Object.fromEntries(reports) };
}

function figuresOf(times) {
  const processor = times.map(({ ms }) => ms);
  const wall = times.map(({ wallMs }) => wallMs);
  return { p50: quantile(processor, 0.5), p99: quantile(processor, 0.99), wallP99: quantile(wall, 0.99) };
}

/**
 * A report as a leader gets it, one request after another, the token, HTTP and JSON included: for information.
 * @returns {Promise<Record<string, { p50: number, p99: number }>>} milliseconds on the wall
 */
export async function reportsOverHttp({ url }, dataDir, samples = 500) {
  const leader = await ops(dataDir, 'token', '--user', 'demo-leader');
  const figures = {};
  for (const path of [
    'reports/overview',
    'reports/workload',
    'reports/stalled',
    'reports/key-projects',
    'audit',
    'worklist',
  ]) {
    const times = [];
    for (let n = 0; n < samples; n++) {
      const { wallMs } = await timed(async () => {
        const response = await fetch(`${url}/api/v1/${path}`, {
          headers: { authorization: `Bearer ${leader}` },
        });
        if (!response.ok) throw new Error(`${path}: ${response.status}`);
        await response.arrayBuffer();
      });
      times.push(wallMs);
    }
    figures[`GET ${path}`] = { p50: quantile(times, 0.5), p99: quantile(times, 0.99) };
  }
  return figures;
}
