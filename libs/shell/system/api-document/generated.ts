import { readFileSync } from 'node:fs';
import { type Schema } from './schema.js';

/** What `tools/answers` makes of the types and comments of the code. */
export interface Generated {
  /** By name: `OverviewAnswer` is what the operation `Overview` answers. */
  readonly schemas: Readonly<Record<string, Schema>>;
  /** What the comments say of the fields of a class, by class and field. */
  readonly fields: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const FILE = new URL('../../../../answers.json', import.meta.url);

/** @throws Error where the file was not made */
export function generated(): Generated {
  let text: string;
  try {
    text = readFileSync(FILE, 'utf8');
  } catch (error) {
    throw new Error('dist/answers.json is missing: run `npm run build:answers`', { cause: error });
  }
  return JSON.parse(text) as Generated;
}
