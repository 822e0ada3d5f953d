import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { parse } from 'yaml';

const DEMAND_STATUSES = ['claimed', 'not-yet'] as const;
type DemandStatus = (typeof DEMAND_STATUSES)[number];

/** One row of `data/demands.yaml`. */
export interface Demand {
  readonly row: string;
  /** The speech's own words. */
  readonly quote: string;
  readonly feature: string;
  readonly status: DemandStatus;
}

/** A test whose title begins with a row's number. */
export interface Proof {
  readonly row: string;
  readonly title: string;
  /** Path in the project. */
  readonly file: string;
}

/** A list of demands that cannot be used; the message names the file and the row. */
export class DemandsError extends Error {
  override readonly name = 'DemandsError';
}

const ROW = /^\d+\.\d+[a-z]?\d?$/;

/** @throws DemandsError */
export function parseDemands(file: string, text: string): readonly Demand[] {
  const read: unknown = parse(text);
  const list: unknown = isRecord(read) ? read['demands'] : undefined;
  if (!Array.isArray(list)) throw new DemandsError(`${file}: there is no list of demands`);
  const seen = new Set<string>();
  return list.map((entry: unknown, index): Demand => {
    const fields = isRecord(entry) ? entry : {};
    const { row, quote, feature, status } = fields;
    if (typeof row !== 'string' || !ROW.test(row)) {
      throw new DemandsError(`${file}: entry ${index + 1} has no row number such as '2.3f'`);
    }
    if (seen.has(row)) throw new DemandsError(`${file}: row ${row} is listed twice`);
    seen.add(row);
    if (typeof quote !== 'string' || typeof feature !== 'string') {
      throw new DemandsError(`${file}: row ${row} needs a quote and a feature`);
    }
    const known = DEMAND_STATUSES.find((one) => one === status);
    if (known === undefined) {
      throw new DemandsError(`${file}: status of row ${row} must be one of ${DEMAND_STATUSES.join(', ')}`);
    }
    return { row, quote, feature, status: known };
  });
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const TITLE = /\b(?:test|it|describe)\(\s*(['"`])((?:\d+\.\d+[a-z]?\d?[, ]+)+)(.*?)\1/g;

/** The proofs in a test's source: titles that begin with one row number, or with several and commas between. */
export function proofsIn(file: string, source: string): readonly Proof[] {
  return [...source.matchAll(TITLE)].flatMap(([, , numbers = '', rest = '']) =>
    numbers
      .split(/[, ]+/)
      .filter(Boolean)
      .map((row) => ({ row, title: `${numbers}${rest}`, file })),
  );
}

/** The folders whose tests prove demands. */
const FOLDERS = ['test/acceptance', 'test/e2e'] as const;

/** Every proof in the project, by file and then in the order of the source. */
export async function findProofs(root: string): Promise<readonly Proof[]> {
  const proofs: Proof[] = [];
  for (const folder of FOLDERS) {
    const files = (await readdir(join(root, folder))).filter((name) => name.endsWith('.spec.ts')).sort();
    for (const name of files) {
      const path = join(root, folder, name);
      proofs.push(...proofsIn(relative(root, path), await readFile(path, 'utf8')));
    }
  }
  return proofs;
}

/** The rows that are claimed and that no test proves. */
export function unproven(demands: readonly Demand[], proofs: readonly Proof[]): readonly string[] {
  const proven = new Set(proofs.map(({ row }) => row));
  return demands.filter(({ row, status }) => status === 'claimed' && !proven.has(row)).map(({ row }) => row);
}

/** The table: each row with its words, its feature and the tests that prove it. */
export function demandTable(demands: readonly Demand[], proofs: readonly Proof[]): string {
  const lines = demands.flatMap(({ row, quote, feature, status }) => {
    const its = proofs.filter((proof) => proof.row === row);
    return [
      `${row.padEnd(5)} ${status.padEnd(8)} ${quote}`,
      `      ${feature}`,
      ...its.map(({ title, file }) => `      - ${file}: ${title}`),
      ...(status === 'claimed' && its.length === 0 ? ['      - NO TEST PROVES IT'] : []),
    ];
  });
  const claimed = demands.filter(({ status }) => status === 'claimed').length;
  return `${[...lines, `${claimed} of ${demands.length} rows claimed`].join('\n')}\n`;
}
