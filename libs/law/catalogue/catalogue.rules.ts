import { businessEnvironment, cited, licensing } from '#libs/law/citations';
import { type TimeLimit } from '#libs/law/calendar';
import {
  type CommandMeta,
  type JsonObject,
  RuleViolation,
  type ViolationKind,
} from '#libs/engine/event-sourcing';
import { type MatterDefinition, type TemplateDefinition } from './catalogue.events.js';
import { statutoryTermOf } from './matter-clock.js';
import { type CatalogueViolation } from './catalogue.messages.js';

/** What a template needs to know of a matter that it names; a code without an entry is not published. */
export type MatterStanding = 'in-force' | 'abolished';

export function refuse(
  code: CatalogueViolation,
  params: JsonObject,
  kind: ViolationKind,
  article: string | null = null,
): never {
  throw new RuleViolation(code, params, kind, article);
}

const blank = (text: string): boolean => text.trim() === '';

/**
 * Without law and article there is no licence and no official confirmation (凡是没有法定依据的一律取缔).
 * An entry that is named but not verified passes: it shows as 未核实.
 */
function legalBasisIsOwed({ code, kind, legalBasis }: MatterDefinition): void {
  if (kind !== 'licence' && kind !== 'confirmation') return;
  const complete = legalBasis.every(({ law, article }) => !blank(law) && !blank(article));
  if (legalBasis.length > 0 && complete) return;
  refuse('matter.no-legal-basis', { code }, 'input', cited(licensing(4)));
}

/** Only what the law names may be asked of an applicant; unrelated material may not (行政许可法 Art. 31). */
function materialsNeedABasis({ code, materials }: MatterDefinition): void {
  for (const { name, basis } of materials) {
    if (blank(basis)) {
      refuse('matter.material-without-basis', { code, material: name }, 'input', cited(licensing(31)));
    }
  }
}

/** Longest run of days off that the State Council's holiday plans have had (国庆与中秋相连), in calendar days. */
const LONGEST_HOLIDAY = 8;

/**
 * True when the promise certainly ends no later than the statutory limit, whatever the calendar of the year.
 *
 * Same unit: by number. Promised calendar days against statutory working days: by number too, a working day lasts at
 * least a calendar day. Promised working days against statutory calendar days: each week begun counts seven days, and
 * one longest holiday is added. A promise from acceptance cannot be held against a limit from receipt, since nothing
 * says how much later acceptance comes.
 */
export function promiseFits(promised: TimeLimit, statutory: TimeLimit): boolean {
  if (statutory.start === 'receipt' && promised.start === 'acceptance') return false;
  // The first working day is there by any end that moves to a working day.
  if (promised.unit === 'working-day' && statutory.endsOnRestDay === 'moves' && promised.days <= 1) {
    return statutory.days >= promised.days;
  }
  if (promised.unit === 'calendar-day' || statutory.unit === 'working-day')
    return promised.days <= statutory.days;
  return Math.ceil(promised.days / 5) * 7 + LONGEST_HOLIDAY <= statutory.days;
}

const limitText = ({ days, unit, start }: TimeLimit): string => `${days} ${unit} from ${start}`;

/** A place may promise less time than the law gives, never more (优化营商环境条例 Art. 36). */
function promiseMayNotExceedStatutory(matter: MatterDefinition): void {
  const { code, promised } = matter;
  const statutory = statutoryTermOf(matter);
  if (promised === null || statutory === null || promiseFits(promised, statutory)) return;
  refuse(
    'matter.promise-over-statutory',
    { code, promised: limitText(promised), statutory: limitText(statutory) },
    'input',
    cited(businessEnvironment(36)),
  );
}

/** The first day in force is a day (no 30 February). */
function firstDayMustExist({ code, effectiveFrom: day }: MatterDefinition): void {
  const time = Date.parse(`${day}T00:00:00.000Z`);
  if (!Number.isNaN(time) && new Date(time).toISOString().startsWith(day)) return;
  refuse('matter.not-a-day', { code, day }, 'input');
}

/**
 * One version is in force at a time: a later one begins no earlier than the one it replaces. Where both begin on one day,
 * the later is a correction, and the earlier was never in force.
 */
export function validityMayNotOverlap(before: MatterDefinition, after: MatterDefinition): void {
  const { code, effectiveFrom: day } = after;
  if (day >= before.effectiveFrom) return;
  refuse('matter.validity-overlaps', { code, day, latest: before.effectiveFrom }, 'input');
}

/** What one person proposed and another has to confirm. */
export type Proposal = { readonly reason: string; readonly article: string; readonly by: string };

/** A revision that makes something lighter, which another person has to confirm. */
export type ProposedRevision<Definition> = Proposal & { readonly definition: Definition };

const LIGHTER = {
  matter: {
    noArticle: 'matter.lighter-without-article',
    notProposed: 'matter.revision-not-proposed',
    byOne: 'matter.revision-by-one',
  },
  template: {
    noArticle: 'template.lighter-without-article',
    notProposed: 'template.revision-not-proposed',
    byOne: 'template.revision-by-one',
  },
} as const;

/** The law by which a matter or template may become lighter. */
export function lighterByLaw(
  of: keyof typeof LIGHTER,
  { id: code, article }: { readonly id: string; readonly article?: string },
  parts: readonly { readonly en: string; readonly zh: string }[],
): string {
  const [en, zh] = [parts.map((one) => one.en).join('; '), parts.map((one) => one.zh).join('；')];
  const params = { code, parts: en, partsZh: zh, field: 'article' };
  return article ?? refuse(LIGHTER[of].noArticle, params, 'input');
}

/** What makes a matter or template lighter goes by two persons and the law that allows it. */
export function revisionMustBeProposedByAnother<Definition>(
  of: keyof typeof LIGHTER,
  code: string,
  proposed: ProposedRevision<Definition> | undefined,
  { actor }: CommandMeta,
): ProposedRevision<Definition> {
  if (proposed === undefined) return refuse(LIGHTER[of].notProposed, { code }, 'state');
  if (proposed.by === actor.person) {
    return refuse(LIGHTER[of].byOne, { code, person: actor.person }, 'permission');
  }
  return proposed;
}

/** The law that a proposal to abolish a matter cites. */
export function citedArticle({
  id: code,
  article,
}: {
  readonly id: string;
  readonly article?: string;
}): string {
  return article ?? refuse('matter.abolition-without-article', { code, field: 'article' }, 'input');
}

/** A matter goes by two persons and the law that allows it: nobody abolishes one alone. */
export function mustBeProposedByAnother(
  code: string,
  proposed: Proposal | undefined,
  { actor }: CommandMeta,
): Proposal {
  if (proposed === undefined) return refuse('matter.abolition-not-proposed', { code }, 'state');
  if (proposed.by === actor.person) {
    return refuse('matter.abolition-by-one', { code, person: actor.person }, 'permission');
  }
  return proposed;
}

/** Everything a matter must satisfy by itself. */
export function matterMustBePublishable(matter: MatterDefinition): void {
  firstDayMustExist(matter);
  legalBasisIsOwed(matter);
  materialsNeedABasis(matter);
  promiseMayNotExceedStatutory(matter);
}

/** One lead department for a stage (一家牵头): a stage stands once in a template. */
function stagesMustBeUnique({ code, stages }: TemplateDefinition): void {
  const seen = new Set<string>();
  for (const { name } of stages) {
    if (seen.has(name)) refuse('template.stage-twice', { code, stage: name }, 'input');
    seen.add(name);
  }
}

/** A project has one application for each matter. */
function mattersMustBeUnique({ code, stages }: TemplateDefinition): void {
  const seen = new Set<string>();
  for (const matter of stages.flatMap((stage) => stage.matters)) {
    if (seen.has(matter.code)) refuse('template.matter-twice', { code, matter: matter.code }, 'input');
    seen.add(matter.code);
  }
}

/** A template opens applications only for matters in force: what was abolished does not come back through it. */
export function mattersMustBeInForce(
  { code, stages }: TemplateDefinition,
  standing: Readonly<Record<string, MatterStanding>>,
): void {
  for (const { code: matter } of stages.flatMap((stage) => stage.matters)) {
    const known = Object.hasOwn(standing, matter) ? standing[matter] : undefined;
    if (known === undefined) refuse('template.unknown-matter', { code, matter }, 'input');
    if (known === 'abolished') refuse('template.abolished-matter', { code, matter }, 'input');
  }
}

/** What a matter waits for is in the same template, and no matter waits for itself, directly or through others. */
function prerequisitesMustBeAGraph({ code, stages }: TemplateDefinition): void {
  const waitsFor = new Map(
    stages.flatMap((stage) => stage.matters.map((matter) => [matter.code, matter.prerequisites] as const)),
  );
  for (const [matter, prerequisites] of waitsFor) {
    for (const prerequisite of prerequisites) {
      if (!waitsFor.has(prerequisite)) {
        refuse('template.unknown-prerequisite', { code, matter, prerequisite }, 'input');
      }
    }
  }
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (matter: string): void => {
    if (done.has(matter)) return;
    const start = path.indexOf(matter);
    if (start >= 0) {
      const circle = [...path.slice(start), matter].join(' -> ');
      refuse('template.cycle', { code, path: circle }, 'input');
    }
    path.push(matter);
    for (const prerequisite of waitsFor.get(matter) ?? []) visit(prerequisite);
    path.pop();
    done.add(matter);
  };
  for (const matter of waitsFor.keys()) visit(matter);
}

/** Everything a template must satisfy by itself. */
export function templateMustBeSound(template: TemplateDefinition): void {
  stagesMustBeUnique(template);
  mattersMustBeUnique(template);
  prerequisitesMustBeAGraph(template);
}
