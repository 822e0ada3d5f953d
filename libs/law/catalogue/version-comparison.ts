import { isDeepStrictEqual } from 'node:util';
import { type Actor } from '#libs/engine/event-sourcing';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';

/** One version of a matter or a template, with who made it. Versions count from 1. */
export type Version<Definition> = {
  readonly version: number;
  readonly definition: Definition;
  readonly by: Actor;
  /** ISO instant. */
  readonly at: string;
  /** Null for the first. */
  readonly reason: string | null;
  /** Position of its event in the log. */
  readonly position: bigint;
};

/** A part of a definition that came or went: `step 现场踏勘`, `material 总平面图`, `matter GC-02`. */
type Part = { readonly kind: string; readonly name: string };
/** A value that changed. */
type Changed = {
  readonly field: string;
  readonly from: unknown;
  readonly to: unknown;
};

type Attributed = {
  readonly version: number;
  readonly by: Actor;
  readonly at: string;
  readonly reason: string | null;
};

/** What one version has that another has not, each difference with the version that made it and who made that. */
export type Comparison = {
  readonly from: number;
  readonly to: number;
  readonly cut: readonly (Part & Attributed)[];
  readonly added: readonly (Part & Attributed)[];
  readonly changed: readonly (Changed & Attributed)[];
  /** Net change of the number of parts, by kind: -1 where one step fewer is left. Kinds without a change are left out. */
  readonly delta: Readonly<Record<string, number>>;
};

/** How a definition is taken apart for comparison. */
export interface Anatomy<Definition> {
  parts(definition: Definition): readonly Part[];
  /** Values by name, compared whole. */
  values(definition: Definition): Readonly<Record<string, unknown>>;
}

export const MATTER_ANATOMY: Anatomy<MatterDefinition> = {
  parts: ({ steps, materials }) => [
    ...steps.map((name) => ({ kind: 'step', name })),
    ...materials.map(({ name }) => ({ kind: 'material', name })),
  ],
  values: ({
    name,
    kind,
    department,
    receivedBy = [],
    line = null,
    statutory,
    promised,
    personalQualification = false,
    limitsVerified,
    legalBasis,
    effectiveFrom,
  }) => ({
    ...{ name, kind, department, receivedBy, line, statutory, promised, personalQualification },
    ...{ limitsVerified, legalBasis, effectiveFrom },
  }),
};

export const TEMPLATE_ANATOMY: Anatomy<TemplateDefinition> = {
  parts: ({ stages }) => [
    ...stages.map(({ name }) => ({ kind: 'stage', name })),
    ...stages.flatMap(({ matters }) => matters.map(({ code }) => ({ kind: 'matter', name: code }))),
    ...stages.flatMap(({ matters }) =>
      matters.flatMap(({ code, prerequisites }) =>
        prerequisites.map((prerequisite) => ({ kind: 'prerequisite', name: `${prerequisite} -> ${code}` })),
      ),
    ),
  ],
  values: ({ name, stages }) => ({
    name,
    ...Object.fromEntries(stages.map((stage) => [`lead of ${stage.name}`, stage.lead])),
    ...Object.fromEntries(
      stages.flatMap((stage) => stage.matters.map(({ code }) => [`stage of ${code}`, stage.name])),
    ),
  }),
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

/**
 * Compares two versions of one thing, given all of its versions in order. A part that was cut and put back between the
 * two is listed twice, once with each who did it, and leaves the delta as it is.
 */
export function compareVersions<Definition>(
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
    const { version, by, at, reason } = after;
    const attributed: Attributed = { version, by, at, reason };
    const [old, now] = [anatomy.parts(before.definition), anatomy.parts(after.definition)];
    for (const part of missing(old, now)) {
      cut.push({ ...part, ...attributed });
      count(part.kind, -1);
    }
    for (const part of missing(now, old)) {
      added.push({ ...part, ...attributed });
      count(part.kind, 1);
    }
    const values = differing(anatomy.values(before.definition), anatomy.values(after.definition));
    changed.push(...values.map((value) => ({ ...value, ...attributed })));
  }
  return { from, to, cut, added, changed, delta };
}
