import 'reflect-metadata';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { ServerProcess } from '../support/server-process.js';

const FOLDER = new URL('../../deploy/observability/', import.meta.url);
const read = (file: string) => readFileSync(new URL(file, FOLDER), 'utf8');
/** As the files give it: a wrong shape fails where it is compared. */
type Read = ReturnType<typeof JSON.parse>;

const expressionsOfAlerts = (): readonly string[] =>
  parse(read('alerts.yaml')).groups.flatMap(({ rules }: Read) => rules.map(({ expr }: Read) => expr));
const expressionsOfDashboard = (): readonly string[] =>
  JSON.parse(read('dashboard.json')).panels.flatMap(({ targets }: Read) =>
    targets.map(({ expr }: Read) => expr),
  );
const metricsIn = (expression: string): readonly string[] =>
  expression.match(/\b(?:zhitong|process|nodejs)_\w+/g) ?? [];

let metrics: ReadonlySet<string>;
let server: ServerProcess;
let directory: string;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'zhitong-metrics-'));
  server = await ServerProcess.start(directory);
  const text = await (await fetch(`${server.opsUrl}/metrics`)).text();
  metrics = new Set([...text.matchAll(/^# TYPE (\w+) /gm)].map(([, name]) => name ?? ''));
});
afterAll(async () => {
  await server.kill();
  rmSync(directory, { recursive: true });
});

/** A histogram has a series of its buckets, its sum and its count. */
const isThere = (name: string) =>
  metrics.has(name) || metrics.has(name.replace(/_(?:bucket|sum|count)$/, ''));

test('22 every metric of the dashboard and of the alerts is at /metrics', () => {
  const expressions = [...expressionsOfAlerts(), ...expressionsOfDashboard()];
  const named = [...new Set(expressions.flatMap(metricsIn))];
  expect(expressions.filter((expression) => metricsIn(expression).length === 0)).toEqual([]);
  expect(named.filter((name) => !isThere(name))).toEqual([]);
  expect(isThere('zhitong_nothing')).toBe(false);
});

test('22 every metric of ours is watched by a panel or an alert', () => {
  const named = [...expressionsOfAlerts(), ...expressionsOfDashboard()].flatMap(metricsIn);
  const watched = new Set(named.map((name) => name.replace(/_(?:bucket|sum|count)$/, '')));
  expect([...metrics].filter((name) => name.startsWith('zhitong_') && !watched.has(name))).toEqual([]);
});
