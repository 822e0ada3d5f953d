// Starts a server on the sample log, then one on a simulated county, asks for reports, and lets recompute.py compute their
// figures anew from the exported events alone: `npm run test:truth`. Needs python3; ends with 3 if it is missing.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createRequire } from 'node:module';

const PROJECTS = 40;

if (spawnSync('python3', ['--version']).status !== 0) {
  console.error('test:truth: no python3, so no figure is computed anew');
  process.exit(3);
}

const node = (args, options = {}) =>
  spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30, ...options });

function ops(env, ...args) {
  const { status, stdout, stderr } = node(['dist/apps/ops/main.js', ...args], { env });
  if (status !== 0) throw new Error(`ops ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** A server, once it listens: its process and its address. */
function serve(env) {
  const child = spawn(process.execPath, ['dist/apps/server/main.js'], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    createInterface({ input: child.stderr }).on('line', (line) => {
      if (!line.startsWith('{')) return;
      const { msg, url, ops: health } = JSON.parse(line);
      if (msg === 'listening') resolve({ child, url, health });
    });
  });
}

async function until(condition) {
  for (;;) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

/** The table of holidays, from the library that publishes it. */
function workingDays() {
  const { holidays, workdays } = createRequire(import.meta.url)('chinese-days/dist/chinese-days.json');
  const days = [];
  for (let at = Date.UTC(2009, 0, 1); at < Date.UTC(2027, 0, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10);
    const isWeekend = [0, 6].includes(new Date(at).getUTCDay());
    if (isWeekend ? day in workdays : !(day in holidays)) days.push(day);
  }
  return days;
}

/** Every report of the OpenAPI document: what is under /reports, and what can be asked for as of a past instant. */
async function reportRoutes(get) {
  const { paths } = await get('/../docs-json');
  return Object.entries(paths).flatMap(([path, methods]) => {
    const route = path.slice('/api/v1'.length);
    const parameters = Object.values(methods).flatMap((method) => method.parameters ?? []);
    const isReport = route.startsWith('/reports/') || route.endsWith('/diagnostics');
    return isReport || parameters.some((one) => one.in === 'query' && one.name === 'asOf') ? [route] : [];
  });
}

/** Spans of time in which the logs have most to tell. */
const SPANS = {
  'sample log': ['2011-06-01', '2011-12-31'],
  'simulated county': ['2024-01-01', '2024-12-31'],
};
const BULLETINS = {
  'sample log': ['2011-11-01', '2012-01-16'],
  'simulated county': ['2024-06-01', '2024-10-16'],
};
/** A log that says nothing of what is to come has neither forecasts nor clocks. */
const running = (name, items) => (name === 'sample log' ? [] : items.map(({ id }) => id));

/** Acts of what neither log has: promises, reports, proposals, and opinions that were asked for and given. */
async function act(url, env) {
  const post = async (as, path, body) => {
    const authorization = `Bearer ${ops(env, 'token', '--user', as)}`;
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v1${path}`, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  const indicator = { name: '项目', unit: '个', target: 3 };
  await post('demo-head', '/pledges', { id: 'truth-1', text: '按期完成', dueOn: '2030-06-28', indicator });
  await post('demo-reviewer', '/improvements', {
    id: 'truth-1',
    matter: 'LX-06',
    title: '少跑一趟',
    change: '合并两次踏勘',
  });
  for (const [from, to, done] of SELF_INSPECTIONS)
    await post('demo-head', '/self-inspections', {
      id: 'truth-1',
      from,
      to,
      figures: { done, late: 1, returns: 2 },
      findings: '两件逾期办结',
    });
  ops(env, 'user', 'add', 'truth-water', ...WATER);
  await post('demo-applicant', '/projects', { id: 'truth-1', name: '水磨', template: 'small' });
  const application = '/applications/truth-1-LX-06';
  await post('demo-applicant', `${application}/submission`, {});
  await post('demo-window', `${application}/acceptance`, {});
  // Asked and answered at once: a server whose clock is not moved has no longer opinion.
  const asked = { departments: ['water', 'forestry'], question: '是否占用河道', days: 3 };
  await post('demo-reviewer', `${application}/consultation`, asked);
  await post('truth-water', `${application}/consultation-opinion`, { agrees: true, opinion: '不占用' });
}

const WATER = '--role reviewer --display-name 水利审查员 --department water --post 审查'.split(' ');

const SELF_INSPECTIONS = [['2024-05-01', '2024-06-30', 3]];

async function check(name, env, prepare) {
  const directory = mkdtempSync(join(tmpdir(), 'zhitong-truth-'));
  try {
    const own = {
      ...process.env,
      ...env,
      DATA_DIR: directory,
      PORT: '0',
      OPS_PORT: '0',
      LOG_LEVEL: 'info',
      ROLES: 'api,projector',
      // This asks faster than a person.
      RATE_COMMANDS: '0',
      RATE_READS: '0',
      RATE_EXPORTS: '0',
      RATE_UNKNOWN: '0',
    };
    prepare(own);
    const { child, url, health } = await serve(own);
    await until(async () => (await fetch(`${health}/health/ready`)).ok);
    const headers = { authorization: `Bearer ${ops(own, 'token', '--user', 'demo-supervisor')}` };
    const ask = async (path, init) => {
      let answer = null;
      // A past that is being folded is asked for again.
      await until(async () => {
        answer = await fetch(`${url}/api/v1${path}`, init);
        return answer.status !== 503;
      });
      if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
      return answer.json();
    };
    const get = (path) => ask(path, { headers });
    const replay = (path) =>
      ask(path, {
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ template: 'small', limit: 100 }),
      });
    /** A list with the items of all of its pages. */
    const allPages = async (path) => {
      const whole = await get(path);
      for (let { nextCursor } = whole; nextCursor;) {
        const page = await get(`${path}&cursor=${encodeURIComponent(nextCursor)}`);
        whole.items.push(...page.items);
        nextCursor = page.nextCursor;
      }
      return whole;
    };
    await act(url, own);
    await until(async () => (await get('/reports/overview')).asOf.lagMs === 0);
    // As of one position: the clock of the server goes on writing what time brings about.
    const { position, recordedAt: now } = (await get('/reports/overview')).asOf;
    const answers = { position, now, workingDays: workingDays(), reports: {}, of: {} };
    answers.routes = await reportRoutes(get);
    const { items } = await get(`/projects?limit=${PROJECTS}`);
    const { items: applications } = await get('/worklist?limit=20');
    const addresses = {
      '/projects/{id}/timeline': items.map(({ id }) => `/projects/${id}/timeline?limit=1000`),
      '/reports/accountability': items.map(({ id }) => `/reports/accountability?project=${id}`),
      '/projects/{id}/forecast': running(name, items).map((id) => `/projects/${id}/forecast`),
      '/projects/{id}/conformance': items.map(({ id }) => `/projects/${id}/conformance`),
      '/applications/{id}/clock': running(name, applications).map((id) => `/applications/${id}/clock`),
      '/improvements/{id}/effect': name === 'sample log' ? [] : ['/improvements/truth-1/effect'],
      '/bulletins/{id}/diagnostics': BULLETINS[name].map((id) => `/bulletins/${id}/diagnostics`),
    };
    const SPAN = `from=${SPANS[name][0]}&to=${SPANS[name][1]}`;
    for (const route of answers.routes) {
      const isList = ['/reports/key-projects', '/reports/stalled', '/reports/signals', '/pledges'].includes(
        route,
      );
      const spanned = ['/reports/matters', '/reports/co-handling', '/reports/service-quality'].includes(
        route,
      );
      const isUnpaged = route === '/reports/back-entries';
      const one = isUnpaged
        ? `${route}?${SPAN}`
        : spanned
          ? `${route}?${SPAN}&limit=200`
          : isList
            ? `${route}?limit=200`
            : route;
      // The opinion that was given was asked for in the half month that runs.
      const thisHalfMonth = route === '/reports/co-handling' ? [`${route}?limit=200`] : [];
      for (const address of addresses[route] ?? (route.includes('{') ? [] : [one, ...thisHalfMonth])) {
        // A clock's own parameter of this name is the day up to which it counts.
        const asOf = route.endsWith('/clock') || route.endsWith('/diagnostics') ? '' : `asOf=${position}`;
        const whole = `${address}${asOf && (address.includes('?') ? '&' : '?')}${asOf}`;
        answers.of[address] = route;
        answers.reports[address] = route === '/reports/what-if' ? await replay(whole) : await allPages(whole);
      }
    }
    child.removeAllListeners('exit');
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
    const [events, told] = [join(directory, 'events.jsonl'), join(directory, 'answers.json')];
    const file = openSync(events, 'w');
    node(['dist/apps/ops/main.js', 'export'], { env: own, stdio: ['ignore', file, 'inherit'] });
    closeSync(file);
    writeFileSync(told, JSON.stringify(answers));
    const { status, stdout, stderr } = spawnSync('python3', ['test/truth/recompute.py', events, told], {
      encoding: 'utf8',
    });
    console.log(`${name}: ${stdout}${stderr}`.trim());
    return status === 0;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

// Prints how many figures of how many reports were compared; ends with 1 when one differs, or a report of the OpenAPI
// document is not among them.
const sample = await check('sample log', {}, () => undefined);
const county = await check('simulated county', { SEED: 'none' }, (env) => {
  ops(env, 'seed');
  ops(env, 'simulate', '--seed', '4', '--projects', '60', '--back-entries');
});
process.exit(sample && county ? 0 : 1);
