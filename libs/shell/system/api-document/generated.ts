import { readFileSync } from 'node:fs';
import { type Schema } from './schema-type.js';

/** What comments say of fields: by class and field, and under `EVERY_CLASS` what a field of that name means in any class. */
export type FieldComments = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What was asked by whom, and what the answer begins with. */
export interface Example {
  readonly as: string;
  readonly path: string;
  readonly answer: unknown;
}

/** What `tools/answers` makes of the types and comments of the code. */
export interface Generated {
  /** By name: `OverviewAnswer` is what the operation `Overview` answers. */
  readonly schemas: Readonly<Record<string, Schema>>;
  readonly fields: FieldComments;
  /** What comments say of operations, by their id. */
  readonly operations: Readonly<Record<string, string>>;
  /** What the sample log answers, by operation. */
  readonly examples: Readonly<Record<string, Example>>;
}

export const EVERY_CLASS = '*';

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
