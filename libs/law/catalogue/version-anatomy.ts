import { type MatterDefinition, type TemplateDefinition, type TemplateStage } from './catalogue.events.js';
import { type MatterClock } from './matter-clock.js';

/** A part of a definition that comes or goes: `step 现场踏勘`, `material 总平面图`, `opinion water`, `matter GC-02`. */
export type Part = { readonly kind: string; readonly name: string };

/** What of a field is compared: parts, and values by name, each compared whole. */
type Compared = { readonly parts?: readonly Part[]; readonly values?: Readonly<Record<string, unknown>> };

/** How a definition is taken apart for comparison. It has an entry for every field, so that a new one does not compile without. */
export type Anatomy<Definition> = {
  readonly [Field in keyof Required<Definition>]: (value: Definition[Field]) => Compared;
};

/** All that is compared of a definition. */
export function dissected<Definition extends object>(
  definition: Definition,
  anatomy: Anatomy<Definition>,
): Required<Compared> {
  const fields = Object.keys(anatomy) as (keyof Definition)[];
  return together(fields.map((field) => anatomy[field](definition[field])));
}

const together = (compared: readonly Compared[]): Required<Compared> => ({
  parts: compared.flatMap(({ parts = [] }) => parts),
  values: Object.fromEntries(compared.flatMap(({ values = {} }) => Object.entries(values))),
});

/** A field that is compared whole; left out, it is compared as what that means. */
const whole =
  (name: string, leftOut: unknown = null) =>
  (value: unknown): Compared => ({ values: { [name]: value ?? leftOut } });

const theSameInEveryVersion = (): Compared => ({});

/** A part whose other fields are compared whole, under its kind and name. */
const part = (kind: string, name: string, others: object): Compared => ({
  parts: [{ kind, name }],
  values: { [`${kind} ${name}`]: others },
});

/** That a law knows no extension (null) is not the same as that it leaves it to 行政许可法. */
const LEFT_OUT = 'left-out';

const CLOCK_ANATOMY: Anatomy<MatterClock> = {
  notice: whole('clock.notice'),
  suspensions: (rules = []) => together(rules.map(({ cause, ...rule }) => part('suspension', cause, rule))),
  extension: (rule) => ({ values: { 'clock.extension': rule === undefined ? LEFT_OUT : rule } }),
  renewal: whole('clock.renewal'),
  use: whole('clock.use'),
};

export const MATTER_ANATOMY: Anatomy<MatterDefinition> = {
  code: theSameInEveryVersion,
  name: whole('name'),
  nameEn: whole('nameEn'),
  kind: whole('kind'),
  department: whole('department'),
  receivedBy: whole('receivedBy', []),
  line: whole('line'),
  legalBasis: whole('legalBasis'),
  statutory: whole('statutory'),
  promised: whole('promised'),
  clock: (clock = {}) => dissected(clock, CLOCK_ANATOMY),
  personalQualification: whole('personalQualification', false),
  consults: (opinions = []) =>
    together(
      opinions.map(({ department, conditional = false, ...opinion }) =>
        part('opinion', department, { ...opinion, conditional }),
      ),
    ),
  limitsVerified: whole('limitsVerified'),
  steps: (steps) => ({ parts: steps.map((name) => ({ kind: 'step', name })) }),
  materials: (materials) =>
    together(
      materials.map(({ name, conditional = false, ...material }) =>
        part('material', name, { ...material, conditional }),
      ),
    ),
  effectiveFrom: whole('effectiveFrom'),
};

type StagedMatter = TemplateStage['matters'][number];

/** What a matter waits for is a set: its order says nothing. */
const prerequisitesOf = ({ code, prerequisites }: StagedMatter): readonly Part[] =>
  prerequisites.toSorted().map((before) => ({ kind: 'prerequisite', name: `${before} -> ${code}` }));

const stagedMatterAnatomy = (stage: string, matter: StagedMatter): Anatomy<StagedMatter> => ({
  code: (code) => ({ parts: [{ kind: 'matter', name: code }], values: { [`stage of ${code}`]: stage } }),
  prerequisites: () => ({ parts: prerequisitesOf(matter) }),
});

const stageAnatomy = (stage: string): Anatomy<TemplateStage> => ({
  name: (name) => ({ parts: [{ kind: 'stage', name }] }),
  lead: whole(`lead of ${stage}`),
  matters: (matters) =>
    together(matters.map((matter) => dissected(matter, stagedMatterAnatomy(stage, matter)))),
  opinions: whole(`opinions of ${stage}`),
});

export const TEMPLATE_ANATOMY: Anatomy<TemplateDefinition> = {
  code: theSameInEveryVersion,
  name: whole('name'),
  nameEn: whole('nameEn'),
  stages: (stages) => together(stages.map((stage) => dissected(stage, stageAnatomy(stage.name)))),
};
