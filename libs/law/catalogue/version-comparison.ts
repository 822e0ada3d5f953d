import { isDeepStrictEqual } from 'node:util';
import { type Actor, defined } from '#libs/engine/event-sourcing';
import { type Anatomy, dissected, type Part } from './version-anatomy.js';

/** One version of a matter or a template, with who made it. Versions count from 1. */
export type Version<Definition> = {
  readonly version: number;
  readonly definition: Definition;
  readonly by: Actor;
  /** Who proposed it, of a version that a second person confirmed; left out where one person made it. */
  readonly proposedBy?: string;
  /** ISO instant. */
  readonly at: string;
  /** Null for the first. */
  readonly reason: string | null;
  /** Position of its event in the log. */
  readonly position: bigint;
};

/** A value that changed. */
type Changed = {
  readonly field: string;
  /** The value in the earlier version. */
  readonly from: unknown;
  /** The value in the later version. */
  readonly to: unknown;
};

type Attributed = {
  readonly version: number;
  readonly by: Actor;
  /** Left out where one person made the version. */
  readonly proposedBy?: string;
  readonly at: string;
  readonly reason: string | null;
};

/** What one version has that another has not, each difference with the version that made it and who made that. */
export type Comparison = {
  /** Number of the earlier version. */
  readonly from: number;
  /** Number of the later version. */
  readonly to: number;
  readonly cut: readonly (Part & Attributed)[];
  readonly added: readonly (Part & Attributed)[];
  readonly changed: readonly (Changed & Attributed)[];
  /** Net change of the number of parts, by kind: -1 where one step fewer is left. Kinds without a change are left out. */
  readonly delta: Readonly<Record<string, number>>;
};

const keyOf = ({ kind, name }: Part): string => `${kind} ${name}`;

/** The parts of `these` that are not among `those`; a name that stands twice counts twice. */
function missing(these: readonly Part[], those: readonly Part[]): readonly Part[] {
  const left = new Map<string, number>();
  for (const part of those) left.set(keyOf(part), (left.get(keyOf(part)) ?? 0) + 1);
  return these.filter((part) => {
    const count = left.get(keyOf(part)) ?? 0;
    left.set(keyOf(part), count - 1);
    return count <= 0;
  });
}

/** Values that both have and that differ; one that only one of them has goes or comes with its part. */
function differing(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): readonly Changed[] {
  return Object.keys(before)
    .filter((field) => field in after && !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, from: before[field], to: after[field] }));
}

/** The kinds whose parts are the same and come in another order, as values that changed. */
function reordered(before: readonly Part[], after: readonly Part[]): readonly Changed[] {
  const cut = missing(before, after);
  const added = missing(after, before);
  const kinds = [...new Set(before.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const [from, to] = [kept(before, cut, kind), kept(after, added, kind)];
    return isDeepStrictEqual(from, to) ? [] : [{ field: `order of ${kind}s`, from, to }];
  });
}

/** Names of the parts of one kind that the other version has, too, in order. */
function kept(parts: readonly Part[], without: readonly Part[], kind: string): readonly string[] {
  return missing(parts, without)
    .filter((part) => part.kind === kind)
    .map(({ name }) => name);
}

/**
 * Compares two versions of one thing, given all of its versions in order. A part that was cut and put back between the
 * two is listed twice, once with each who did it, and leaves the delta as it is.
 */
export function compareVersions<Definition extends object>(
  versions: readonly Version<Definition>[],
  from: number,
  to: number,
  anatomy: Anatomy<Definition>,
): Comparison {
  const cut: (Part & Attributed)[] = [];
  const added: (Part & Attributed)[] = [];
  const changed: (Changed & Attributed)[] = [];
  const delta: Record<string, number> = {};
  const count = (kind: string, by: number) => {
    delta[kind] = (delta[kind] ?? 0) + by;
    if (delta[kind] === 0) delete delta[kind];
  };
  const between = versions.filter(({ version }) => version >= from && version <= to);
  for (const [index, after] of between.entries()) {
    const before = between[index - 1];
    if (!before) continue;
    const { version, by, proposedBy, at, reason } = after;
    const attributed: Attributed = { version, by, ...defined({ proposedBy }), at, reason };
    const [old, now] = [dissected(before.definition, anatomy), dissected(after.definition, anatomy)];
    for (const part of missing(old.parts, now.parts)) {
      cut.push({ ...part, ...attributed });
      count(part.kind, -1);
    }
    for (const part of missing(now.parts, old.parts)) {
      added.push({ ...part, ...attributed });
      count(part.kind, 1);
    }
    const values = [...differing(old.values, now.values), ...reordered(old.parts, now.parts)];
    changed.push(...values.map((value) => ({ ...value, ...attributed })));
  }
  return { from, to, cut, added, changed, delta };
}
