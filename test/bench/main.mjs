/**
 * The bench: every figure is a ratio measured in one run.
 *
 *     --json             one object instead of a table
 *     --county 100000    applications of the larger simulated county; 10,000 when left out
 *     --log county       catch-up and HTTP on the two simulated counties instead of the sample log and a longer copy of it
 *     --only reports     appends, engines, holds, catch-up, http, starts, crowd or reports alone; may be given several times
 *
 * A figure fails when it is below its goal; a goal that is far away fails nothing that is above its floor.
 */
import { Console } from 'node:console';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { appendGrowth, appendRatio } from './append.mjs';
import { bareScan, catchUp } from './catch-up.mjs';
import { buildCounty } from './county.mjs';
import { crowd } from './crowd.mjs';
import { engineRatios } from './engines.mjs';
import { residentBytes, round, settled, startBare, startServer } from './http.mjs';
import { holds } from './hold.mjs';
import { growLog } from './long-log.mjs';
import { ops } from './processes.mjs';
import { reportRatios, reportsOverHttp } from './reports.mjs';
import { idleMemory, secondsToReady } from './starts.mjs';
import { median } from './statistics.mjs';

const TIMES = 100;
/** Copies of the sample log, so that catching up takes seconds: the threads begin with code that was never run. */
const WARM_TIMES = 10;
const SECONDS = 3;
/** As long as one body may keep everybody else waiting. */
const MOST_MS = 50;
/** The longest that an admitted request, and the liveness probe, may wait. */
const MOST_WAIT_MS = 1_000;
const CROWD_SECONDS = 10;
/** Of the log on which a start is timed. */
const EVENTS = 1_000_000;
const MOST_SECONDS = 5;
const MOST_IDLE_MB = 250;
/** Goals that are far away: below these the figure fails. */
const FLOORS = { 'catch-up': 0.11 };
const SMALL_COUNTY = 1_000;
const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    county: { type: 'string', default: '10000' },
    log: { type: 'string', default: 'sample' },
    only: { type: 'string', multiple: true },
  },
});
const county = Number(options.county);
if (!(county > SMALL_COUNTY)) throw new Error(`--county must be more than ${SMALL_COUNTY} applications`);
if (!['sample', 'county'].includes(options.log)) throw new Error('--log is sample or county');
const directory = mkdtempSync(join(tmpdir(), 'zhitong-bench-'));
const at = (name) => join(directory, name);
const results = {};
const errors = new Console(process.stderr);
const note = (text) => process.stderr.write(`${text}\n`);
const wants = (...parts) => options.only === undefined || parts.some((part) => options.only.includes(part));

try {
  if (wants('appends')) {
    note('appends');
    results['append'] = { ratio: (await appendRatio({ directory: at('append') })).ratio, goal: 0.5 };
    results['append, long log'] = {
      ratio: (await appendGrowth({ directory: at('growth'), factor: TIMES })).ratio,
      goal: 0.8,
    };
  }

  if (wants('engines')) {
    note('engines');
    Object.assign(results, await engineRatios());
  }

  if (wants('holds')) {
    note('holds: hostile bodies of a megabyte');
    const found = holds();
    tell(Object.fromEntries(found.map(({ shape, ...figures }) => [shape, figures])));
    const worst = Math.max(...found.map(({ milliseconds }) => milliseconds));
    // As everywhere, more is better: 1 where the worst body holds the thread for just as long as it may.
    results['worst hold of the thread by a body (50 ms)'] = { ratio: MOST_MS / worst, goal: 1 };
  }

  const onCounty = options.log === 'county';
  if (wants('reports') || (onCounty && wants('catch-up', 'http'))) {
    note(`counties of ${SMALL_COUNTY} and ${county} applications`);
    await buildCounty(at('small county'), SMALL_COUNTY);
    await buildCounty(at('large county'), county);
  }
  if (wants('reports')) {
    for (const [name, applications] of [
      ['small county', SMALL_COUNTY],
      ['large county', county],
    ]) {
      note(`reports of ${applications} applications`);
      const { bare, reports } = await reportRatios(at(name));
      tell({ 'bare get': bare, ...reports });
      for (const [report, { ratio }] of Object.entries(reports)) {
        results[`report, ${applications} applications: ${report}`] = { ratio, goal: 1 };
      }
    }
  }

  const [short, long] = onCounty ? [at('small county'), at('large county')] : [at('short'), at('long')];
  if (!onCounty && wants('catch-up', 'http')) {
    await ops(short, 'import', 'data/receipt.csv.gz', '--mapping', 'data/mappings/receipt.yaml');
    await growLog(short, long, { times: TIMES });
  }
  if (wants('catch-up')) {
    note('catch-up');
    const warm = onCounty ? long : at('warm');
    if (!onCounty) await growLog(short, warm, { times: WARM_TIMES });
    const rounds = [];
    for (let n = 0; n < 5; n++) {
      rounds.push({ bare: await bareScan(warm), ours: await catchUp(warm), short: await catchUp(short) });
    }
    results['catch-up'] = { ratio: median(rounds.map(({ ours, bare }) => ours / bare)), goal: 0.15 };
    // Against the better of the two, so that a slow start does not make up for a slow end.
    results['catch-up, long log'] = {
      ratio: (await catchUp(long)) / median(rounds.map(({ ours, short }) => Math.max(ours, short))),
      goal: 0.8,
    };
  }

  if (wants('starts')) {
    note('starts');
    const { all, own } = await idleMemory(at('first'));
    const megabytes = all / 1e6;
    const million = at('million');
    await growLog(at('first'), million, { events: EVENTS });
    const seconds = await secondsToReady(million);
    tell({
      'idle memory after the first start': { MB: megabytes, 'MB without mapped files': own / 1e6 },
      [`start on ${EVENTS} events`]: { seconds },
    });
    results[`idle memory after the first start (${MOST_IDLE_MB} MB)`] = {
      ratio: MOST_IDLE_MB / megabytes,
      goal: 1,
    };
    results[`start to ready on ${EVENTS} events (${MOST_SECONDS} s)`] = {
      ratio: MOST_SECONDS / seconds,
      goal: 1,
    };
  }

  if (wants('crowd') && !wants('http')) {
    note('a crowd');
    await ops(at('crowd'), 'seed', '--mode', 'none');
    const server = await startServer(at('crowd'), 'crowd');
    await crowded(server);
    await server.stop();
  }

  if (wants('http')) {
    note('HTTP');
    const onShort = await startServer(short, 'bench');
    const onLong = await startServer(long, 'bench');
    const bare = await startBare(onShort.paths);
    const storing = await startBare(onShort.paths, at('storing'));
    const rates = [];
    for (let n = 0; n < 5; n++) {
      const rate = {};
      for (const [name, server] of Object.entries({ bare, storing, short: onShort, long: onLong })) {
        await Promise.all([settled(onShort), settled(onLong)]);
        rate[name] = await round(server, SECONDS);
      }
      rates.push(rate);
    }
    // Against a POST that stores one event durably: less no command can do. Before, it was one that stores nothing.
    results['http'] = { ratio: median(rates.map((rate) => rate.short / rate.storing)), goal: 0.6 };
    tell({
      'http, against a bare POST that stores nothing': {
        ratio: median(rates.map((rate) => rate.short / rate.bare)),
      },
      'a bare POST that stores, against one that stores nothing': {
        ratio: median(rates.map((rate) => rate.storing / rate.bare)),
      },
    });
    results['http, long log'] = { ratio: median(rates.map((rate) => rate.long / rate.short)), goal: 0.8 };
    results['memory, long log'] = {
      ratio: residentBytes(onShort.pid) / residentBytes(onLong.pid),
      goal: 0.8,
    };
    await crowded(onShort);
    if (wants('reports')) tell(await reportsOverHttp(onLong, long));
    await Promise.all([onShort.stop(), onLong.stop(), bare.stop(), storing.stop()]);
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}

const failed = Object.entries(results).filter(
  ([name, { ratio, goal }]) => !(ratio >= (FLOORS[name] ?? goal)),
);
for (const [name, { ratio, goal }] of failed)
  note(`${name}: ${ratio.toFixed(3)} is less than ${FLOORS[name] ?? goal}`);
if (options.json) console.log(JSON.stringify(results));
else console.table(results);

/** As everywhere, more is better: 1 where the 99th percentile, or liveness, takes just as long as it may. */
async function crowded(server) {
  await settled(server);
  const figures = await crowd(server, CROWD_SECONDS);
  tell({ '500 connections': figures });
  results['500 connections, 99th percentile of what is let in (1 s)'] = {
    ratio: MOST_WAIT_MS / figures['p99 ms'],
    goal: 1,
  };
  results['500 connections, longest wait of liveness (1 s)'] = {
    ratio: MOST_WAIT_MS / figures['liveness ms'],
    goal: 1,
  };
}

/** For information, next to the figures: names, and numbers with three places. */
function tell(rows) {
  const places = (row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value.toFixed(3)]));
  errors.table(Object.fromEntries(Object.entries(rows).map(([name, row]) => [name, places(row)])));
}
