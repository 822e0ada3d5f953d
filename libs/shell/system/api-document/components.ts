import { RECEIPT } from './receipt.js';
import { refusals } from './responses.js';
import { type Schema } from './schema-type.js';

type Schemas = Readonly<Record<string, Schema>>;

/** The answers say what they answer; the comment of a type comes first. */
export function describedAnswers(
  schemas: Schemas,
  operations: readonly { readonly operationId?: string; readonly summary?: string }[],
): Schemas {
  const summaries = new Map(operations.map(({ operationId, summary }) => [`${operationId}Answer`, summary]));
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const summary = summaries.get(name);
      return [
        name,
        summary === undefined || 'description' in schema ? schema : { description: summary, ...schema },
      ];
    }),
  );
}

/** The schemas that paths and refusals refer to, and those that these refer to. */
export function usedIn(paths: Schema, schemas: Schemas): Record<string, Schema> {
  const all: Schemas = { ...schemas, Receipt: RECEIPT };
  const used = new Set<string>();
  const pending: unknown[] = [paths, refusals()];
  for (let part = pending.pop(); part !== undefined; part = pending.pop()) {
    for (const name of referencesIn(part)) {
      if (used.has(name)) continue;
      used.add(name);
      pending.push(all[name]);
    }
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => used.has(name)));
}

function referencesIn(part: unknown): readonly string[] {
  return [...JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name = '']) => name);
}
