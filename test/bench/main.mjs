// The bench: every figure is a ratio measured in one run. `--json` prints one object, otherwise a table.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { appendGrowth, appendRatio } from './append.mjs';
import { bareScan, catchUp } from './catch-up.mjs';
import { engineRatios } from './engines.mjs';
import { residentBytes, round, startBare, startServer } from './http.mjs';
import { growLog } from './long-log.mjs';
import { ops } from './processes.mjs';
import { median } from './statistics.mjs';

const TIMES = 100;
/** Copies of the sample log, so that catching up takes seconds: the threads begin with code that was never run. */
const WARM_TIMES = 10;
const SECONDS = 3;
const directory = mkdtempSync(join(tmpdir(), 'zhitong-bench-'));
const at = (name) => join(directory, name);
const results = {};
const note = (text) => process.stderr.write(`${text}\n`);

try {
  note('appends');
  results['append'] = { ratio: (await appendRatio({ directory: at('append') })).ratio, goal: 0.5 };
  results['append, long log'] = {
    ratio: (await appendGrowth({ directory: at('growth'), factor: TIMES })).ratio,
    goal: 0.8,
  };

  note('engines');
  Object.assign(results, await engineRatios());

  note('catch-up');
  const [short, warm, long] = [at('short'), at('warm'), at('long')];
  await ops(short, 'import', 'data/receipt.csv.gz', '--mapping', 'data/mappings/receipt.yaml');
  await growLog(short, warm, WARM_TIMES);
  await growLog(short, long, TIMES);
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

  note('HTTP');
  const onShort = await startServer(short, 'bench');
  const onLong = await startServer(long, 'bench');
  const bare = await startBare(onShort.paths);
  const rates = [];
  for (let n = 0; n < 5; n++) {
    rates.push({
      bare: await round(bare, SECONDS),
      short: await round(onShort, SECONDS),
      long: await round(onLong, SECONDS),
    });
  }
  results['http'] = { ratio: median(rates.map((rate) => rate.short / rate.bare)), goal: 0.35 };
  results['http, long log'] = { ratio: median(rates.map((rate) => rate.long / rate.short)), goal: 0.8 };
  results['memory, long log'] = { ratio: residentBytes(onShort.pid) / residentBytes(onLong.pid), goal: 0.8 };
  await Promise.all([onShort.stop(), onLong.stop(), bare.stop()]);
} finally {
  rmSync(directory, { recursive: true, force: true });
}

if (process.argv.includes('--json')) console.log(JSON.stringify(results));
else console.table(results);
