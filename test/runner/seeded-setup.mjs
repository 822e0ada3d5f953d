import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A place for the data directories that test/support/seeded.ts keeps for all files of tests. */
export default function setUp() {
  process.env['SEEDED_DIRECTORIES'] ??= mkdtempSync(join(tmpdir(), 'zhitong-seeded-'));
}
