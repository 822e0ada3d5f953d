import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PASSWORDS = 'passwords.json';

/** Made by `runner/seeded.mjs` before the first file of tests, removed after the last. */
const kept = process.env['SEEDED_DIRECTORIES'];

/** A data directory that a first start has seeded at an instant, to be copied: seeding takes a second. */
export class Seeded {
  private readonly place: string;

  constructor(instant: string) {
    this.place = join(kept ?? tmpdir(), instant.replace(/[^\w-]/g, '-'));
  }

  /** Returns the passwords of the demo accounts; null if nothing is kept of this instant. */
  copyTo(directory: string): ReadonlyMap<string, string> | null {
    if (kept === undefined || !existsSync(this.place)) return null;
    cpSync(join(this.place, 'data'), directory, { recursive: true });
    return new Map(JSON.parse(readFileSync(join(this.place, PASSWORDS), 'utf8')) as [string, string][]);
  }

  /** Keeps a copy of a data directory that no system has open. */
  keep(directory: string, passwords: ReadonlyMap<string, string>): void {
    if (kept === undefined) return;
    const draft = mkdtempSync(join(kept, 'draft-'));
    cpSync(directory, join(draft, 'data'), { recursive: true });
    writeFileSync(join(draft, PASSWORDS), JSON.stringify([...passwords]));
    try {
      renameSync(draft, this.place);
    } catch (error) {
      // Another worker was faster.
      if (!existsSync(this.place)) throw error;
      rmSync(draft, { recursive: true });
    }
  }
}
