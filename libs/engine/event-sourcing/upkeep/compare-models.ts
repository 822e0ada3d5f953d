import { compareText } from '../reading/index-order.js';
import { type StoredDocument, type ReadStore } from '../reading/read-store.js';

/**
 * One document that is not the same in two models: `missing` is in the expected model only, `extra` in the actual
 * one only, `changed` in both with other content at `paths` (`counts.open`, `items[2].at`; `@seen` = the position of
 * the last event folded).
 */
export interface DocumentDifference {
  readonly model: string;
  readonly id: string;
  readonly kind: 'missing' | 'extra' | 'changed';
  readonly paths: readonly string[];
}

export interface CompareModels {
  /** Name the differences carry. */
  readonly model: string;
  /** Physical names. */
  readonly actual: string;
  readonly expected: string;
  /** Documents of the actual model that have seen more than this are on their way and not compared. */
  readonly upTo?: bigint;
}

/** Document by document, in order of id: where the actual model is not what the expected one says. */
export async function* compareModels(
  store: ReadStore,
  { model, actual, expected, upTo }: CompareModels,
): AsyncGenerator<DocumentDifference> {
  const found = store.scan(actual)[Symbol.asyncIterator]();
  const wanted = store.scan(expected)[Symbol.asyncIterator]();
  try {
    let [left, right] = await Promise.all([found.next(), wanted.next()]);
    while (!left.done || !right.done) {
      const order = left.done
        ? 1
        : right.done
          ? -1
          : compareText(left.value.document.id, right.value.document.id);
      if (order < 0 && !left.done) {
        if (!isAhead(left.value, upTo)) yield { model, id: left.value.document.id, kind: 'extra', paths: [] };
      } else if (order > 0 && !right.done) {
        yield { model, id: right.value.document.id, kind: 'missing', paths: [] };
      } else if (!left.done && !right.done && !isAhead(left.value, upTo)) {
        const paths = differingPaths(left.value.document, right.value.document);
        if (left.value.seen !== right.value.seen) paths.push('@seen');
        if (paths.length > 0) yield { model, id: left.value.document.id, kind: 'changed', paths };
      }
      if (order <= 0) left = await found.next();
      if (order >= 0) right = await wanted.next();
    }
  } finally {
    await found.return?.();
    await wanted.return?.();
  }
}

/** Paths at which two JSON values are not the same, in the order of the first one's fields. */
export function differingPaths(actual: unknown, expected: unknown, path = ''): string[] {
  if (Object.is(actual, expected)) return [];
  if (Array.isArray(actual) && Array.isArray(expected)) {
    const length = Math.max(actual.length, expected.length);
    return Array.from({ length }, (_, index) =>
      differingPaths(actual[index], expected[index], `${path}[${index}]`),
    ).flat();
  }
  if (!isRecord(actual) || !isRecord(expected)) return [path];
  const fields = new Set([...Object.keys(actual), ...Object.keys(expected)]);
  return [...fields].flatMap((field) =>
    differingPaths(actual[field], expected[field], path === '' ? field : `${path}.${field}`),
  );
}

const isAhead = ({ seen }: StoredDocument, upTo: bigint | undefined): boolean =>
  upTo !== undefined && seen > upTo;

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
